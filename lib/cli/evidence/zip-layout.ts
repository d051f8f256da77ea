import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Entry, LocalFileHeader, ZipFile } from 'yauzl'
import { Refused } from '../command'

/* APPNOTE 6.3: sizes of an entry of the directory (4.3.12), of its end (4.3.16), and of that with the two records of ZIP64 (4.3.14, 4.3.15). */
const [directoryEntryBytes, endBytes, zip64EndBytes] = [46, 22, 56 + 20 + 22]
const [endSignature, zip64EndSignature] = [0x06_05_4b_50, 0x06_06_4b_50]
const isInZip64 = 0xff_ff_ff_ff
/** Of the flags: sizes come after the file. */
const hasDescriptor = 0x08
/** With or without a signature, sizes of four or of eight bytes. */
const descriptorBytes = [12, 16, 20, 24]

/**
 * Asks whether all bytes of an archive belong to the files of its directory, and each has one name and one size wherever the archive tells them. Programs
 * read archives from either end: where these differ, another one unpacks what was never verified.
 * @throws Refused
 */
export async function requireOneReading(zip: ZipFile, file: string, entries: readonly Entry[]): Promise<void> {
  const directoryBytes = entries.reduce(
    (sum, { fileNameLength, extraFieldLength, fileCommentLength }) =>
      sum + directoryEntryBytes + fileNameLength + extraFieldLength + fileCommentLength,
    0,
  )
  const directoryEnd = Number(zip.readEntryCursor)
  const inOrder = entries.toSorted((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader)
  const starts = [...inOrder.map((entry) => entry.relativeOffsetOfLocalHeader), directoryEnd - directoryBytes]
  let isSound = starts[0] === 0
  for (const [at, entry] of inOrder.entries()) isSound &&= await isWhole(zip, entry, starts[at + 1] ?? 0)
  if (!isSound || !(await isEnd(file, { directoryBytes, from: directoryEnd, to: zip.fileSize })))
    throw new Refused('The archive holds more than its directory says: other programs may unpack other files from it.')
}

/** Whether a file is what the directory says, and ends where the next begins. */
async function isWhole(zip: ZipFile, entry: Entry, nextStart: number): Promise<boolean> {
  const header = await promisify<Entry, LocalFileHeader>(zip.readLocalFileHeader.bind(zip))(entry)
  const { generalPurposeBitFlag: flags, compressedSize, fileNameRaw, fileName } = entry
  const isNamed = header.fileName.equals(fileNameRaw) && fileNameRaw.toString('latin1') === fileName
  const isPacked = header.generalPurposeBitFlag === flags && header.compressionMethod === entry.compressionMethod
  const isLater = (flags & hasDescriptor) !== 0
  const isSize = (told: number, size: number) =>
    told === size || (isLater && told === 0) || (told === isInZip64 && size >= isInZip64)
  const isMeasured =
    isSize(header.compressedSize, compressedSize) && isSize(header.uncompressedSize, entry.uncompressedSize)
  const between = nextStart - header.fileDataStart - compressedSize
  return isNamed && isPacked && isMeasured && (isLater ? descriptorBytes.includes(between) : between === 0)
}

/** Whether nothing but the end of the directory comes after it, without a comment, and with its right size. */
async function isEnd(
  file: string,
  { directoryBytes, from, to }: { directoryBytes: number; from: number; to: number },
): Promise<boolean> {
  const bytes = Buffer.alloc(zip64EndBytes)
  const length = to - from
  if (length !== endBytes && length !== zip64EndBytes) return false
  const handle = await open(file)
  try {
    await handle.read(bytes, 0, length, from)
  } finally {
    await handle.close()
  }
  const end = length - endBytes
  const told = bytes.readUInt32LE(end + 12)
  if (bytes.readUInt32LE(end) !== endSignature || bytes.readUInt16LE(end + 20) !== 0) return false
  if (length === endBytes) return told === directoryBytes
  const isZip64 = bytes.readUInt32LE(0) === zip64EndSignature && bytes.readBigUInt64LE(40) === BigInt(directoryBytes)
  return isZip64 && (told === isInZip64 || told === directoryBytes)
}
