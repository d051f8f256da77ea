import { LRUCache } from 'lru-cache'
import { toTrust } from '@/lib/db/trust-row'
import { namesOf } from '@/lib/trust/names-of'
import type { Trust, TrustDraft } from '@/lib/trust/trust'

type Row = Parameters<typeof toTrust>[0]

/**
 * Parsed trusts that a process keeps, by the characters they are stored in: some five thousand usual ones, fewer with long key
 * sets. Of more, the one that was not used for longest is parsed again.
 */
const kept = new LRUCache<string, { row: Row; trust: Trust }>({
  maxSize: 8_000_000,
  sizeCalculation: ({ row }) => columns.reduce((sum, column) => sum + String(row[column]).length, 0),
})

/**
 * Returns a trust as the domain knows it, parsed once while its row is unchanged, so that its keys are imported once too. The
 * row is read at every login, so a change counts from the moment it is committed.
 */
export function parsedTrust(row: Row): Trust {
  const known = kept.get(row.id)
  if (known && isSame(known.row, row)) return known.trust
  const trust = toTrust(row)
  kept.set(row.id, { row, trust })
  return trust
}

/** Compares all columns, and not the version alone: a row that was changed by hand counts as it is. */
const isSame = (one: Row, other: Row) => columns.every((column) => one[column] === other[column])

/** The columns of a draft, and those beside them that a login reads. One that is missing here does not compile. */
const columnTable: { [Part in keyof TrustDraft | 'version' | 'organizationId']-?: true } = {
  ...{ version: true, organizationId: true, identityId: true, kind: true, name: true, enabled: true, issuer: true },
  ...{ keys: true, keyUse: true, algorithms: true, rules: true, lifetime: true, grant: true, options: true },
}

const columns = namesOf(columnTable)
