import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const linesMax = 300

/** Files that are still to be split by theme. Nothing is added to this list. */
const tooLong: string[] = []

test(`no source or test file has more than ${linesMax} lines`, () => {
  const files = ['app', 'components', 'e2e', 'examples', 'lib', 'prisma', 'scripts'].flatMap(sourcesUnder)
  expect(files.length).toBeGreaterThan(500)
  const long = [...files, ...sourcesIn('.')].filter((file) => lineCountOf(file) > linesMax)
  expect(long.sort(), 'Split a long file by theme; remove a file from the list once it is split.').toEqual(tooLong)
})

function lineCountOf(file: string): number {
  return readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length
}

function sourcesUnder(folder: string): string[] {
  const folders = readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(generated|node_modules|\..*)$/.test(entry.name))
    .map(({ name }) => `${folder}/${name}`)
  return [...sourcesIn(folder), ...folders.flatMap(sourcesUnder)]
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(path.join(root, folder)).filter((name) => /\.(tsx?|mjs|css)$/.test(name))
  return names.map((name) => path.posix.join(folder, name))
}
