import type { AuditEntry, Decision, UnsealedRecord } from '../generated/sqlite/client'
import { partsOfUnsealed, proofOf } from './proof'
import { digestOfRow } from './record-digest'

/** Acts are counted into a record for an hour (`lib/services/repeats.ts`); their number is sealed after that. */
export const countedMs = 70 * 60_000

/** What is written with a decision, for the log. */
export function unsealedDecision(row: Decision): UnsealedRecord {
  return proven(row, row.accepted ? 'accepted' : 'refused', digestOfRow('decision', row))
}

/** What is written with an audit entry, for the log. */
export const unsealedAuditEntry = (row: AuditEntry): UnsealedRecord => proven(row, 'audit', digestOfRow('audit', row))

type Row = Pick<Decision, 'id' | 'at' | 'organizationId' | 'repeats'>

function proven({ id, at, organizationId, repeats }: Row, kind: string, digest: string): UnsealedRecord {
  const isCounted = repeats !== null
  return withProof({
    recordId: id,
    kind,
    organizationId: organizationId ?? '',
    at,
    digest,
    isCounted,
    dueAt: new Date(0),
  })
}

/** The note by which the number of acts counted into a record is sealed when it is final. */
export const unsealedCount = ({ recordId, kind, organizationId, at }: UnsealedRecord): UnsealedRecord =>
  withProof({
    ...{ recordId, kind: `count-${kind}`, organizationId, at, digest: '', isCounted: true },
    dueAt: new Date(at.getTime() + countedMs),
  })

export const withProof = (row: Omit<UnsealedRecord, 'mac'>): UnsealedRecord =>
  Object.assign(row, { mac: proofOf(partsOfUnsealed(row)) })
