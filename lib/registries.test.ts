import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { keySources } from '@/lib/trust/key-sources'
import { kinds } from '@/lib/trust/kinds'
import { matchers } from '@/lib/trust/matchers'
import { presets } from '@/lib/trust/presets'

const root = path.resolve(import.meta.dirname, '..')

describe('every file of a registry is registered', () => {
  const registries = [
    {
      folder: 'lib/trust/key-sources',
      registered: keySources.kinds as string[],
      made: /= defineKeySource\(\{\s*kind: '([\w-]+)'/,
    },
    {
      folder: 'lib/trust/matchers',
      registered: matchers.kinds as string[],
      made: /= defineMatcher\(\{\s*kind: '([\w-]+)'/,
    },
    {
      folder: 'lib/trust/presets',
      registered: presets.map(({ id }) => id),
      made: /= (?:define|cluster)Preset\(\{\s*id: '([\w-]+)'/,
    },
    { folder: 'lib/trust/kinds', registered: kinds.kinds as string[], made: /= defineKind\(\{\s*kind: '([\w-]+)'/ },
  ]

  test.each(registries)('$folder', ({ folder, registered, made }) => {
    const defined = sourcesUnder(folder).flatMap((file) => made.exec(textOf(file))?.[1] ?? [])
    expect(defined.length).toBeGreaterThan(1)
    expect(defined.sort()).toEqual([...registered].sort())
  })
})

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8')

const sourcesUnder = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
