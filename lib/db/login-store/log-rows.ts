import type { ChainEntry, ChainHead, UnsealedRecord } from '../generated/sqlite/client'
import { type ColumnType, type DecisionRow, decisionColumns } from './login-rows'

/** Entries that are added to an evidence log, and the notes of the records that they are of. All of it is written, or nothing. */
export type LogBatch = {
  log: string
  /** As it was read; null where the log begins, or its head is replaced. */
  head: Pick<ChainHead, 'seq' | 'hash' | 'mac'> | null
  /** Whether a head that Keybound did not write, whatever it is, is replaced. The places of the entries tell who was first. */
  replacesHead: boolean
  next: Pick<ChainHead, 'seq' | 'hash' | 'mac' | 'sealedAt'>
  entries: readonly Omit<ChainEntry, 'organizationId'>[]
  /** Notes that are worked off. */
  done: readonly Pick<UnsealedRecord, 'recordId' | 'kind'>[]
  /** Notes for later. */
  following: readonly UnsealedRecord[]
}

/**
 * What became of it. Nothing was written where it was `overtaken`: another process has added entries since the head was read; nor where a note was
 * `gone`: another has sealed its record.
 */
export type Appended = 'written' | 'overtaken' | 'gone'

export type LogLink = Omit<ChainEntry, 'organizationId'>
export const linkNames = ['seq', 'recordId', 'entry', 'hash'] as const
export const linkTypes: readonly ColumnType[] = ['int', 'text', 'text', 'text']
export const toLink = ([seq, recordId, entry, hash]: readonly unknown[]): LogLink => ({
  ...{ seq: Number(seq), recordId: String(recordId), entry: String(entry), hash: String(hash) },
})

/** Columns of a login that incidents are made of. */
export const incidentNames = [
  ...(['id', 'at', 'organizationId', 'method', 'checkId', 'reason', 'identityId', 'identityName', 'trustId'] as const),
  ...(['trustVersion', 'issuer', 'ip', 'repeats', 'lastAt', 'message', 'accessTokenId'] as const),
]
/** Those of an accepted login, of which alarms are made. */
const acceptedNames = [...incidentNames, ...(['tokenSha256', 'claims'] as const)]
export type AcceptedLogin = Pick<DecisionRow, (typeof acceptedNames)[number]>
export const acceptedTypes: readonly ColumnType[] = acceptedNames.map((name) => decisionColumns[name])

/** The statement's list of those columns, of a table `d`. */
export const selectedAccepted = acceptedNames.map((name) => `d."${name}"`).join(', ')
export const toAcceptedLogin = (values: readonly unknown[]) =>
  Object.fromEntries(acceptedNames.map((name, at) => [name, values[at]])) as AcceptedLogin

/** The first accepted use of a token in an organization. */
export type FirstUse = { tokenSha256: string; id: string; ip: string | null }
export const toFirstUse = ([tokenSha256, id, ip]: readonly unknown[]): FirstUse => ({
  ...{ tokenSha256: String(tokenSha256), id: String(id) },
  ip: ip === null ? null : String(ip),
})
