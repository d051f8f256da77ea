import type { Db, Tx } from '@/lib/db/client'
import { fits } from '@/lib/db/stored-json'
import { env } from '@/lib/env'
import { Days, type RecordKind, recordKinds, retentionDaysDefault } from '@/lib/model/retention'

export type RetentionPeriod = {
  kind: RecordKind
  days: number /** Set by an environment variable. */
  isFixed: boolean
}

const dayMs = 86_400_000

/** The instant so many days ago: what is older has been kept for them. */
export const daysBefore = (now: Date, days: number) => new Date(Math.max(0, now.getTime() - days * dayMs))

/**
 * How long each kind of record is kept: what the environment says, else what an admin has set, else the default. A value that
 * cannot be set, in a row that was changed by hand, removes nothing: the default counts.
 */
export async function retentionPeriods(db: Db | Tx): Promise<RetentionPeriod[]> {
  const rows = await db.retentionPeriod.findMany({ where: { kind: { in: [...recordKinds] } } })
  return recordKinds.map((kind) => {
    const fixed = env().retentionDays[kind]
    if (fixed !== undefined) return { kind, days: fixed, isFixed: true }
    const set = fits(rows.find((row) => row.kind === kind)?.days, Days)
    return { kind, days: set.readable ? set.value : retentionDaysDefault[kind], isFixed: false }
  })
}
