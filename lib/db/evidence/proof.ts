import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import type { UnsealedRecord } from '../generated/sqlite/client'

/** What proves that a row was written by Keybound: an HMAC-SHA-256 with a key derived from the secret of the installation. */
export function proofOf(parts: readonly (string | number | boolean)[], secret = env().KEYBOUND_SECRET): string {
  return createHmac('sha256', keyOf(secret)).update(JSON.stringify(parts)).digest('base64url')
}

/** Whether a proof is of these parts, made with the present secret, or the former one while that is being changed. */
export function isProof(proof: string, parts: readonly (string | number | boolean)[]): boolean {
  const { KEYBOUND_SECRET, KEYBOUND_PREVIOUS_SECRET } = env()
  return [KEYBOUND_SECRET, KEYBOUND_PREVIOUS_SECRET].some((secret) => {
    if (secret === undefined) return false
    const [expected, given] = [Buffer.from(proofOf(parts, secret)), Buffer.from(proof)]
    return expected.length === given.length && timingSafeEqual(expected, given)
  })
}

/** What the proof of an unsealed record is made over. */
export const partsOfUnsealed = (row: Omit<UnsealedRecord, 'mac'>) => [
  'unsealed',
  row.recordId,
  row.kind,
  row.organizationId,
  row.at.getTime(),
  row.digest,
  row.isCounted,
  row.dueAt.getTime(),
]

/** What the proof of a log's head is made over. */
export const partsOfHead = (head: { organizationId: string; seq: number; hash: string }) => [
  ...['head', head.organizationId, head.seq, head.hash],
]

/** HKDF-SHA-256 (RFC 5869), once for each secret. */
function keyOf(secret: string): Buffer {
  const known = keys.get(secret)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(32), 'keybound/evidence', 32))
  keys.set(secret, key)
  return key
}
const keys = new Map<string, Buffer>()
