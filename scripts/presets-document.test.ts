import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { presets } from '@/lib/trust/presets'

test('docs/presets.md lists every preset, with what is verified, and no other', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../docs/presets.md'), 'utf8').split('## The presets')[1]
  const rows = [...(page ?? '').matchAll(/^\| `([\w-]+)` \| (.+) \| (.+) \|$/gm)].map(([, ...cells]) => cells)
  const verifiedOf = ({ verified, unverified }: (typeof presets)[number]) =>
    verified ? (unverified.length > 0 ? 'in part' : 'yes') : 'no'
  expect(rows).toEqual(presets.map((preset) => [preset.id, preset.title, verifiedOf(preset)]))
})
