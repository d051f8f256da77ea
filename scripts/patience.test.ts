import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const own = path.relative(root, import.meta.filename)

test('what a test waits for has the time that vitest.config.ts gives it, also on a busy machine', () => {
  const files = ['lib', 'components', 'scripts', 'e2e/apis', 'e2e/peers'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(test|spec)\.tsx?$/.test(name))
      .map((name) => path.posix.join(folder, name)),
  )
  expect(files.length).toBeGreaterThan(300)
  const found = files
    .filter((file) => file !== own)
    .flatMap((file) => faultsOf(readFileSync(path.join(root, file), 'utf8')).map((fault) => `${file}: ${fault}`))
  expect(found, 'Wait with expect.poll or eventually, and leave its timeout and that of the test out.').toEqual([])
})

/** `vi.waitFor` gives up after a second; a short timeout of a test's own fails where the machine is slow. */
const faultsOf = (source: string) => [
  ...[...source.matchAll(/\bvi\.wait(For|Until)\b/g)].map(([word]) => word),
  ...[...source.matchAll(/(?:[{,]\s*timeout: ?|^\s*\}, )([\d_]*_000)\b/gm)]
    .filter(([, written = '']) => Number(written.replaceAll('_', '')) < 120_000)
    .map(([text]) => text.replace(/^[{},\s]+/, '')),
]

test.each([
  ['await vi.waitFor(() => lines)', ['vi.waitFor']],
  ["test('a', { timeout: 5_000 }, act)", ['timeout: 5_000']],
  ["test('a', { timeout: 400_000 }, act)", []],
  ['  }, 90_000)', ['90_000']],
  ['await expect.poll(count, { interval: 5 }).toBe(0)', []],
])('%s has faults: %j', (source, faults) => {
  expect(faultsOf(source)).toEqual(faults)
})
