import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zipped } from '@/e2e/fixtures/zip-files'
import { type FileToPack, zipOf } from '@/lib/db/evidence/zip-stream'
import { openZip } from './open-zip'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-layout-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string): FileToPack => ({
  name,
  async *text() {
    yield `${name} `.repeat(100)
  },
})
/** As packs are made. */
let archive: Buffer
let [end, directory, directoryBytes] = [0, 0, 0]
beforeAll(async () => {
  archive = await buffer(zipOf([file('README.txt'), file('trusts.ndjson')], new Date('2026-06-01T12:00:00Z')))
  end = archive.length - 22
  ;[directoryBytes, directory] = [archive.readUInt32LE(end + 12), archive.readUInt32LE(end + 16)]
})

/** What is unpacked, by name. @throws Refused */
async function unpack(bytes: Buffer) {
  const name = path.join(folder, 'archive')
  writeFileSync(name, bytes)
  const zip = await openZip(name)
  try {
    const files: Record<string, string> = {}
    for (const entry of zip.entries.values()) files[entry.name] = (await buffer(await zip.open(entry))).toString()
    return files
  } finally {
    zip.close()
  }
}

const changed = (change: (copy: Buffer) => unknown) => {
  const copy = Buffer.from(archive)
  change(copy)
  return copy
}

/** With bytes put in at a place. The end says where the directory then is. */
const withBytes = (at: number, more: Buffer) => {
  const copy = Buffer.concat([archive.subarray(0, at), more, archive.subarray(at)])
  if (at <= directory) copy.writeUInt32LE(directory + more.length, copy.length - 6)
  return copy
}

/** A file as it lies in an archive, without a directory. */
const hidden = async () => {
  const other = await zipped([['trusts.ndjson', '{"name":"another"}']])
  return other.subarray(0, other.readUInt32LE(other.length - 6))
}

test('an archive as packs are made, and one of ordinary files, is unpacked', async () => {
  const files = { 'README.txt': 'README.txt '.repeat(100), 'trusts.ndjson': 'trusts.ndjson '.repeat(100) }
  expect(await unpack(archive)).toEqual(files)
  expect(await unpack(await zipped(Object.entries(files)))).toEqual(files)
})

test.each<[string, () => Buffer | Promise<Buffer>]>([
  ['a file that the directory does not name', async () => withBytes(directory, await hidden())],
  ['another file before the first', async () => withBytes(0, await hidden())],
  ['a second directory', () => withBytes(end, archive.subarray(directory, end))],
  ['a comment', () => Buffer.concat([changed((copy) => copy.writeUInt16LE(4, end + 20)), Buffer.from('more')])],
  ['a directory of another size', () => changed((copy) => copy.writeUInt32LE(directoryBytes - 1, end + 12))],
  ['a file with another name', () => changed((copy) => copy.write('ALTERED', 30))],
  ['a file with another size', () => changed((copy) => copy.writeUInt32LE(7, 22))],
  ['a file that is packed another way', () => changed((copy) => copy.writeUInt16LE(0, 8))],
])('an archive with %s, which other programs may unpack otherwise, is refused', async (_, bytes) => {
  await expect(unpack(await bytes())).rejects.toThrow('other programs may unpack other files')
})

test('bytes that are hidden behind the end of a packed file are named', async () => {
  const packedBytes = archive.readUInt32LE(directory + 20)
  const dataEnd = 30 + archive.readUInt16LE(26) + archive.readUInt16LE(28) + packedBytes
  const more = await hidden()
  const copy = withBytes(dataEnd, more)
  const first = directory + more.length
  copy.writeUInt32LE(packedBytes + more.length, first + 20)
  const second = first + 46 + copy.readUInt16LE(first + 28) + copy.readUInt16LE(first + 30)
  copy.writeUInt32LE(copy.readUInt32LE(second + 42) + more.length, second + 42)
  await expect(unpack(copy)).rejects.toThrow('bytes after its end')
})
