import { hash } from 'node:crypto'
import type { AuditEntry, Decision } from '../generated/sqlite/client'
import { canonicalJson, canonicalValue, type FlatObject, type FlatValue } from './canonical-json'

type Columns<Row> = { [Column in keyof Row]-?: true }

// Every column of the models is here, or it does not compile.

const decisionColumns: Columns<Decision> = {
  ...{ id: true, at: true, organizationId: true, identityId: true, identityName: true, trustId: true },
  ...{ trustVersion: true, method: true, accepted: true, checkId: true, reason: true, message: true, issuer: true },
  ...{ subject: true, trace: true, header: true, claims: true, tokenSha256: true, accessTokenId: true, ip: true },
  ...{ userAgent: true, repeats: true, lastAt: true },
}
const auditColumns: Columns<AuditEntry> = {
  ...{ id: true, at: true, organizationId: true, requestId: true, actorKind: true, actorId: true, actorName: true },
  ...{ action: true, targetKind: true, targetId: true, targetName: true, before: true, after: true, reason: true },
  ...{ raised: true, overridden: true, ip: true, userAgent: true, repeats: true, lastAt: true },
}
export const columnsOf = { decision: Object.keys(decisionColumns), audit: Object.keys(auditColumns) }

/** A record as evidence shows it: every column, times as RFC 3339 in UTC, and which table it is of. */
export type EvidenceRecord = Readonly<Record<string, FlatValue>>
export type RecordTable = keyof typeof columnsOf

export const decisionRecord = (row: Decision) => toRecord('decision', row)
export const auditRecord = (row: AuditEntry) => toRecord('audit', row)

function toRecord(table: RecordTable, row: object): EvidenceRecord {
  const record: Record<string, FlatValue> = { table }
  for (const name of columnsOf[table]) {
    const value: unknown = Reflect.get(row, name)
    record[name] = value instanceof Date ? value.toISOString() : ((value ?? null) as FlatValue)
  }
  return record
}

/**
 * SHA-256 (hexadecimal) of the canonical JSON of a record. Without the two columns that change while further acts are counted into it, but with
 * whether there may be some; their final values are an entry of their own.
 */
export function digestOf({ repeats, lastAt: _, ...record }: EvidenceRecord): string {
  return sha256(canonicalJson({ ...record, isCounted: (repeats ?? null) !== null }))
}

/**
 * Whether a record is the one of a digest. What the digest leaves out of it has to be as it was, too: a record that counts no further acts has no time of
 * a last one.
 */
export const isOfDigest = (record: EvidenceRecord, digest: string): boolean =>
  digestOf(record) === digest && (isCounted(record) || (record.lastAt ?? null) === null) && !('isCounted' in record)

/** Whether acts are counted into a record. */
export const isCounted = ({ repeats }: EvidenceRecord): boolean => (repeats ?? null) !== null

/** The same of a row that is about to be written, in a fraction of the time: a login waits for it. */
export function digestOfRow(table: RecordTable, row: Decision | AuditEntry): string {
  let text = ''
  for (const name of hashedNames[table]) {
    const value: unknown =
      name === 'isCounted' ? row.repeats !== null : name === 'table' ? table : Reflect.get(row, name)
    text += `${text === '' ? '{' : ','}"${name}":${canonicalValue(value instanceof Date ? value.toISOString() : ((value ?? null) as FlatValue))}`
  }
  return sha256(`${text}}`)
}

const hashedNamesOf = (table: RecordTable) =>
  [...columnsOf[table].filter((name) => name !== 'repeats' && name !== 'lastAt'), 'isCounted', 'table'].sort()
const hashedNames = { decision: hashedNamesOf('decision'), audit: hashedNamesOf('audit') }

export const sha256 = (text: string) => hash('sha256', text, 'hex')

/** The hash of a log's first entry is made over this one. */
export const originHash = (log: string) => sha256(canonicalJson({ log }))

export type Link = { seq: number; entry: string; hash: string }

/** The next link of a log. */
export function nextLink(before: { seq: number; hash: string }, entry: FlatObject): Link {
  const seq = before.seq + 1
  const text = canonicalJson({ ...entry, seq })
  return { seq, entry: text, hash: linkHash(before.hash, text) }
}

export const linkHash = (hashBefore: string, entry: string) => sha256(`${hashBefore}\n${entry}`)
