import { timingSafeEqual } from 'node:crypto'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { codesOf } from '../failure-codes'
import { readStored } from '../stored-json'
import { BackupError } from './backup-error'
import { End, Header, headerBytesMax, lineBytesMax, Row, seal, secretCheck, TableLine } from './format'
import { cutOff, linesOf } from './lines'
import type { ColumnType, Table, Value } from './table'

export type ReadBackup = {
  header: Header
  /**
   * All rows, in groups, each table's after those of the tables it refers to. Only when the last group has been taken is it certain that
   * none was changed, so nothing may count before that.
   * @throws BackupError for a file that is cut off, or was changed after it was written
   */
  groups(): AsyncGenerator<{ table: Table; rows: Value[][] }>
}

/**
 * Reads the header of a backup.
 * @param key derived from the installation's secret
 * @throws BackupError for what is no backup, or one that was made with another secret
 */
export async function readBackup(input: Readable, key: Uint8Array): Promise<ReadBackup> {
  const lines = linesOf(unpacked(input), { first: headerBytesMax, other: lineBytesMax })
  const sealed = seal(key)
  const next = async () => {
    const { value } = await lines.next()
    if (value === undefined) throw new BackupError(cutOff)
    return value
  }
  const nextSealed = async () => {
    const line = await next()
    sealed.add(line)
    sealed.add('\n')
    return line
  }

  const header = readHeader(await nextSealed(), key)
  return {
    header,
    async *groups() {
      for (const table of header.tables) {
        if (parsed(await nextSealed(), TableLine).table !== table.name) throw new BackupError(changed)
        let rows: Value[][] = []
        let bytes = 0
        for (let n = 0; n < table.rowCount; n++) {
          const line = await nextSealed()
          rows.push(toRow(table, line))
          bytes += line.length
          if (rows.length < groupRowsMax && bytes < groupBytesMax) continue
          yield { table, rows }
          rows = []
          bytes = 0
        }
        if (rows.length > 0) yield { table, rows }
      }
      if (!isEqual(parsed(await next(), End).hmac, sealed.end())) throw new BackupError(changed)
      if (!(await lines.next()).done) throw new BackupError(changed)
    },
  }
}

const groupRowsMax = 2_000
const groupBytesMax = 4_000_000

const changed = 'The backup was changed or damaged after it was written; take another copy of it.'
const noBackup = 'The file is no backup of Keybound; give one that keybound backup has written.'

function readHeader(line: Buffer, key: Uint8Array): Header {
  const header = readStored(line.toString(), Header)
  if (!header.readable) throw new BackupError(isOfAnotherFormat(line) ? otherFormat : noBackup)
  const { salt, check } = header.value.secret
  if (isEqual(check, secretCheck(key, salt))) return header.value
  throw new BackupError(
    'The backup was made with another secret; set KEYBOUND_SECRET to the secret of the installation it is of, or put its file "secret" into the data folder.',
  )
}

const isOfAnotherFormat = (line: Buffer) =>
  readStored(line.toString(), Header.pick({ format: true })).readable &&
  !readStored(line.toString(), Header.pick({ formatVersion: true })).readable
const otherFormat =
  'The backup has the format of another version of Keybound; restore it with the version that wrote it.'

function parsed<Value>(line: Buffer, schema: z.ZodType<Value>): Value {
  const stored = readStored(line.toString(), schema)
  if (!stored.readable) throw new BackupError(changed)
  return stored.value
}

function toRow({ columns }: Table, line: Buffer): Value[] {
  const row = parsed(line, Row)
  const isSound =
    row.length === columns.length && columns.every(({ type }, index) => isOfType(type, row[index] ?? null))
  if (!isSound) throw new BackupError(changed)
  return row
}

const isOfType = (type: ColumnType, value: Value) => value === null || fits[type](value)
const fits: Record<ColumnType, (value: Value) => boolean> = {
  text: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  boolean: (value) => typeof value === 'boolean',
  moment: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
}

function isEqual(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)]
  return left.length === right.length && timingSafeEqual(left, right)
}

async function* unpacked(input: Readable): AsyncGenerator<Buffer> {
  const out = new PassThrough()
  // The failure of any of them ends the last.
  pipeline(input, createGunzip(), out, () => {})
  try {
    for await (const chunk of out) yield chunk
  } catch (cause) {
    throw toBackupError(cause)
  } finally {
    input.destroy()
  }
}

/** https://nodejs.org/api/zlib.html: the codes of a stream that ends early, and of one that is no gzip or does not match its checksum. */
function toBackupError(cause: unknown): unknown {
  const [code = ''] = codesOf(cause)
  if (code === 'Z_BUF_ERROR') return new BackupError(cutOff, { cause })
  if (!code.startsWith('Z_')) return cause
  const isNoGzip = cause instanceof Error && cause.message === 'incorrect header check'
  return new BackupError(isNoGzip ? noBackup : changed, { cause })
}
