import { randomBytes } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Header, seal, secretCheck } from './format'
import type { Snapshot } from './snapshot'

export type BackupOptions = {
  /** Derived from the installation's secret. */
  key: Uint8Array
  /** Of Keybound. */
  version: string
  at: Date
}

/** Writes a snapshot as a backup (`format.ts`) and ends the stream. Holds a group of rows in memory at a time. */
export async function writeBackup(snapshot: Snapshot, options: BackupOptions, out: Writable): Promise<Header> {
  const header = headerOf(snapshot, options)
  await pipeline(Readable.from(textOf(snapshot, header, options)), createGzip(), out)
  return header
}

function headerOf({ database, migrations, tables }: Snapshot, { key, version, at }: BackupOptions): Header {
  const salt = randomBytes(16).toString('base64url')
  return {
    ...{ format: 'keybound-backup', formatVersion: 1, version, at: at.toISOString(), database, migrations },
    secret: { salt, check: secretCheck(key, salt) },
    tables: tables.map(({ name, columns, rowCount }) => ({ name, columns, rowCount })),
  }
}

async function* textOf(snapshot: Snapshot, header: Header, { key }: BackupOptions): AsyncGenerator<string> {
  const sealed = seal(key)
  const added = (text: string) => {
    sealed.add(text)
    return text
  }
  yield added(lineOf(header))
  for (const table of header.tables) {
    yield added(lineOf({ table: table.name }))
    for await (const rows of snapshot.rows(table)) yield added(rows.map(lineOf).join(''))
  }
  yield lineOf({ hmac: sealed.end() })
}

const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`
