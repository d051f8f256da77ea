import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { unzipped } from '@/e2e/fixtures/zip-files'
import { type FileToPack, zipOf } from './zip-stream'

const mtime = new Date('2026-06-01T12:00:00Z')
/** A kilobyte that cannot be packed much. */
const line = () => randomBytes(768).toString('base64')

/** A file of so many lines of a kilobyte, and how many of them were made; `end` is called when it is left. */
function counted(lines: number) {
  let left = () => {}
  const made = { lines: 0, isLeft: new Promise<void>((resolve) => (left = resolve)) }
  async function* text() {
    try {
      for (; made.lines < lines; made.lines++) yield line()
    } finally {
      left()
    }
  }
  return { made, file: { name: 'a', text } satisfies FileToPack }
}

test('files are made in their order, and each is told what was packed before it', async () => {
  const told: string[][] = []
  const file = (name: string): FileToPack => ({
    name,
    async *text(packed) {
      told.push(packed.map((one) => `${one.name} ${one.bytes}`))
      yield name.repeat(3)
    },
  })
  const archive = await buffer(zipOf([file('a'), file('bc')], mtime))
  expect((await unzipped(archive)).map(([name, content]) => [name, content.toString()])).toEqual([
    ['a', 'aaa'],
    ['bc', 'bcbcbc'],
  ])
  expect(told).toEqual([[], ['a 3']])
})

test('no more is made than is taken: memory does not depend on the length', async () => {
  const { made, file } = counted(100_000)
  const archive = zipOf([file], mtime)
  await archive.next()
  // Everything that can go on without a reader has gone on.
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(made.lines).toBeLessThan(1_000)
  await archive.return(undefined)
})

test('an archive that is left early ends the file that is being made, and begins no other', async () => {
  const [first, second] = [counted(1_000_000), counted(1)]
  const archive = zipOf([first.file, { ...second.file, name: 'b' }], mtime)
  while (first.made.lines === 0) await archive.next()
  await archive.return(undefined)
  await first.made.isLeft
  expect([first.made.lines < 1_000_000, second.made.lines]).toEqual([true, 0])
})

test('an error of a file fails the archive', async () => {
  const failing: FileToPack = {
    name: 'a',
    // biome-ignore lint/correctness/useYield: it fails before.
    async *text() {
      throw new Error('the database is gone')
    },
  }
  await expect(buffer(zipOf([failing], mtime))).rejects.toThrow('the database is gone')
})
