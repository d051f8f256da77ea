import type { Db, Tx } from '@/lib/db/client'
import type { ReviewSnapshot } from '@/lib/model/access-review'
import { isWide } from '@/lib/model/access-review'
import type { Context } from '../../context'
import type { Managing } from '../../in-organization'

/** Things of one kind that can be reviewed. */
export type ThingReader = {
  /** A page of them, in an order that an index serves. */
  page: (
    reading: { db: Db; organizationId: string; now: Date },
    at: { cursor: string | undefined; limit: number },
  ) => Promise<{ rows: { id: string; createdAt: Date }[]; next: string | null }>
  /** What each allows now, by its id. Those that are gone are left out. */
  snapshots: (ctx: Context, organizationId: string, ids: readonly string[]) => Promise<Map<string, ReviewSnapshot>>
  /** Removes one, with its own checks and its own entry in the audit. */
  remove: (tx: Tx, ctx: Managing, id: string) => Promise<unknown>
}

type Facts = Pick<ReviewSnapshot, 'name' | 'sentence'> & Partial<ReviewSnapshot>

/** A snapshot of what is known of a thing; what is left out does not apply to it. */
export function toSnapshot(facts: Facts): ReviewSnapshot {
  const { findings = [], strangers = null } = facts
  return {
    ...{ role: null, lastUsedAt: null, enabled: null, method: null, version: null, ownerId: null, ownerName: null },
    ...facts,
    ...{ findings, strangers, isWide: isWide({ findings, strangers }) },
  }
}

export const isoOrNull = (at: Date | null | undefined) => at?.toISOString() ?? null
