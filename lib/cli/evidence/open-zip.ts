import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { packFileName } from '@/lib/services/evidence/pack/pack-format'
import { Refused } from '../command'
import { requireOneReading } from './zip-layout'

/** Far more files than a pack has. */
const entriesMax = 32
/** What deflate makes of its shortest input at most; more means that entries share their bytes ("zip bomb"). */
const inflationMax = 1_032

export type PackEntry = { name: string; bytes: number; entry: Entry }

export type Zip = {
  /** By name, each once. */
  entries: ReadonlyMap<string, PackEntry>
  /** Its text as it is unpacked. A file that is longer or shorter than it says, or damaged, fails. */
  open: (entry: PackEntry) => Promise<Readable>
  close: () => void
}

/** Whether a file begins as a zip archive does. */
export async function isZip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer.toString('latin1') === 'PK'
  } finally {
    await handle.close()
  }
}

/**
 * Opens a zip archive that a stranger may have made. Nothing is written to the disk, so names lead nowhere; the work is bounded by the length of the
 * archive.
 * @throws Refused for one that no pack looks like
 */
export async function openZip(file: string): Promise<Zip> {
  const zip = await opened(file)
  try {
    const entries = new Map<string, PackEntry>()
    for await (const entry of entriesOf(zip)) entries.set(entry.name, requireNew(entries, entry))
    await requireOneReading(
      zip,
      file,
      [...entries.values()].map(({ entry }) => entry),
    ).catch((error) => {
      throw error instanceof Refused ? error : damaged(error)
    })
    const total = [...entries.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    const { size } = await stat(file)
    if (total > size * inflationMax)
      throw new Refused('The archive unpacks to more than it can hold; it was made to exhaust what reads it.')
    return { entries, open: (entry) => openEntry(zip, entry), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function opened(file: string): Promise<ZipFile> {
  try {
    // Names are checked here; sizes that an entry states are checked by yauzl while it is unpacked.
    return await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(file, {
      autoClose: false,
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    })
  } catch (error) {
    throw damaged(error)
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<PackEntry> {
  if (zip.entryCount > entriesMax)
    throw new Refused(`The archive has ${zip.entryCount} files; an evidence pack has fewer.`)
  for (let left = zip.entryCount; left > 0; left--) {
    const entry = await nextEntry(zip)
    if (entry === null) return
    yield { name: requireName(entry.fileName), bytes: entry.uncompressedSize, entry }
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const listeners: [string, (value?: unknown) => void][] = [
      ['entry', (entry) => done(() => resolve(entry as Entry))],
      ['end', () => done(() => resolve(null))],
      ['error', (error) => done(() => reject(damaged(error)))],
    ]
    const done = (act: () => void) => {
      for (const [name, listener] of listeners) zip.off(name, listener)
      act()
    }
    for (const [name, listener] of listeners) zip.once(name, listener)
    zip.readEntry()
  })
}

async function openEntry(zip: ZipFile, { entry, name }: PackEntry): Promise<Readable> {
  if (entry.isEncrypted()) throw new Refused(`The file ${name} of the archive is encrypted; an evidence pack is not.`)
  if (!entry.canDecodeFileData()) throw new Refused(`The file ${name} of the archive is packed in an unusual way.`)
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    return entry.compressionMethod === 0 ? packed : Readable.from(inflated(packed, entry))
  } catch (error) {
    throw damaged(error)
  }
}

/** Unpacks exactly the packed bytes to exactly the length that the archive says: what is left over could be read as another file. */
async function* inflated(packed: Readable, { compressedSize, uncompressedSize }: Entry): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw()
  packed.on('error', (error) => inflate.destroy(error))
  packed.pipe(inflate)
  let bytes = 0
  try {
    for await (const chunk of inflate) {
      bytes += chunk.length
      if (bytes > uncompressedSize) throw new Error('it is longer than the archive says')
      yield chunk
    }
    if (bytes !== uncompressedSize) throw new Error('it is shorter than the archive says')
    if (inflate.bytesWritten !== compressedSize) throw new Error('the archive holds bytes after its end')
  } finally {
    packed.destroy()
    inflate.destroy()
  }
}

function requireName(name: string): string {
  if (packFileName.test(name)) return name
  throw new Refused(
    `The archive has a file with the name ${JSON.stringify(name.slice(0, 100))}, which no evidence pack has.`,
  )
}

function requireNew(entries: ReadonlyMap<string, PackEntry>, entry: PackEntry): PackEntry {
  const other = [...entries.keys()].find((name) => name.toLowerCase() === entry.name.toLowerCase())
  if (other === undefined) return entry
  throw new Refused(`The archive has the file ${entry.name} twice.`)
}

/** What is wrong with an archive, in the words of its reader. */
export const damaged = (error: unknown) =>
  new Refused(`The archive cannot be read: ${error instanceof Error ? error.message : String(error)}.`, {
    cause: error,
  })
