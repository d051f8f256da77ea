import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { jsonText } from '@/lib/trust/json-text'
import { clockSkewSecondsUsual, Trust, type TrustDraft } from '@/lib/trust/trust'

/** The columns of a trust that hold what a draft holds. Ids, version and times are the caller's. */
export function toTrustColumns(draft: TrustDraft) {
  return {
    identityId: draft.identityId,
    method: draft.method,
    name: draft.name,
    enabled: draft.enabled,
    issuer: draft.issuer,
    soleIssuer: draft.method === 'issuer' ? draft.issuer : null,
    keys: jsonText(draft.keys),
    keyUse: jsonText(draft.keyUse ?? {}),
    algorithms: jsonText(draft.algorithms),
    rules: jsonText(draft.rules),
    lifetime: jsonText(draft.lifetime),
    grant: jsonText(draft.grant),
    foreign: jsonText(draft.foreign),
  }
}

type TrustRow = ReturnType<typeof toTrustColumns> & {
  id: string
  organizationId: string
  version: number
  sequence?: string | null
  createdAt: Date
  updatedAt: Date
}

/** A row as the domain knows it. What comes out of the database is parsed like anything else that comes in. */
export function toTrust(row: Omit<TrustRow, 'method'> & { method: string }): Trust {
  const parsed = Trust.safeParse({
    ...row,
    keys: JSON.parse(row.keys),
    keyUse: row.keyUse === '{}' ? undefined : JSON.parse(row.keyUse),
    algorithms: JSON.parse(row.algorithms),
    rules: JSON.parse(row.rules),
    lifetime: lifetimeOf(JSON.parse(row.lifetime)),
    grant: JSON.parse(row.grant),
    foreign: JSON.parse(row.foreign),
  })
  if (!parsed.success) {
    throw new AppError('unavailable', `The stored trust ${row.id} cannot be read by this version.`, {
      cause: parsed.error,
    })
  }
  return parsed.data
}

/**
 * Rows of versions that had one skew for everything. One that was set goes on to hold for `exp` as well; 0 was the default and
 * could not be said by every API, so it becomes the default of now.
 */
function lifetimeOf(stored: unknown): unknown {
  const { data: old } = OneSkew.safeParse(stored)
  if (!old) return stored
  const { clockSkewSeconds: skew } = old
  return skew === 0
    ? { ...old, clockSkewSeconds: clockSkewSecondsUsual, expirySkewSeconds: 0 }
    : { ...old, expirySkewSeconds: skew }
}

const OneSkew = z.looseObject({ clockSkewSeconds: z.number(), expirySkewSeconds: z.undefined().optional() })
