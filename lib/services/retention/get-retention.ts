import type { Db } from '@/lib/db/client'
import { type RecordKind, retentionDaysDefault, retentionVariable } from '@/lib/model/retention'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { retentionPeriods } from './retention-periods'

/** Rows are counted up to here. */
const countedMax = 50_000

/** How long each kind of record is kept, and what is there of it now. */
export async function getRetention(ctx: Context) {
  const { organizationId } = requireAccess(ctx, 'read')
  const periods = await retentionPeriods(ctx.db)
  return Promise.all(
    periods.map(async (period) => ({
      ...period,
      daysDefault: retentionDaysDefault[period.kind],
      variable: retentionVariable(period.kind),
      ...(await stock(period.kind, ctx.db, organizationId, ctx.now())),
    })),
  )
}

export type Retention = Awaited<ReturnType<typeof getRetention>>[number]

async function stock(kind: RecordKind, db: Db, organizationId: string, now: Date) {
  const parts = await Promise.all(stocks[kind](db, organizationId, now))
  const rows = parts.reduce((sum, { count }) => sum + count, 0)
  const dates = parts.flatMap(({ oldestAt }) => (oldestAt ? [oldestAt.getTime()] : []))
  return {
    rows: Math.min(rows, countedMax),
    /** There are more rows than were counted. */
    isMore: rows >= countedMax,
    oldestAt: dates.length > 0 ? new Date(Math.min(...dates)) : null,
  }
}

/** The owner is named so that PostgreSQL sees the index's order also where there is none. */
const oldestOfOwner = [{ organizationId: 'asc' as const }, { at: 'asc' as const }]

type Part = Promise<{ count: number; oldestAt: Date | null }>

/** Records of the organization, and those that belong to none: an index range each. */
const stocks: Record<RecordKind, (db: Db, organizationId: string, now: Date) => Part[]> = {
  'accepted-decisions': (db, organizationId) => [decisions(db, organizationId, true)],
  'refused-decisions': (db, organizationId) => [decisions(db, organizationId, false), decisions(db, null, false)],
  'audit-entries': (db, organizationId) => [auditEntries(db, organizationId), auditEntries(db, null)],
  'key-source-events': (db) => [keySourceEvents(db)],
  'access-tokens': (db, organizationId, now) => [endedTokens(db, organizationId, now)],
}

async function decisions(db: Db, organizationId: string | null, accepted: boolean): Part {
  const from = { where: { organizationId, accepted }, orderBy: oldestOfOwner }
  const count = await db.decision.count({ ...from, take: countedMax })
  return { count, oldestAt: (await db.decision.findFirst({ ...from, select: { at: true } }))?.at ?? null }
}

async function auditEntries(db: Db, organizationId: string | null): Part {
  const from = { where: { organizationId }, orderBy: oldestOfOwner }
  const count = await db.auditEntry.count({ ...from, take: countedMax })
  return { count, oldestAt: (await db.auditEntry.findFirst({ ...from, select: { at: true } }))?.at ?? null }
}

async function keySourceEvents(db: Db): Part {
  const from = { where: { at: { gt: new Date(0) } }, orderBy: { at: 'asc' } } as const
  const count = await db.keySourceEvent.count({ ...from, take: countedMax })
  return { count, oldestAt: (await db.keySourceEvent.findFirst({ ...from, select: { at: true } }))?.at ?? null }
}

async function endedTokens(db: Db, organizationId: string, now: Date): Part {
  const from = { where: { organizationId, expiresAt: { lt: now } }, orderBy: { expiresAt: 'asc' } } as const
  const count = await db.accessToken.count({ ...from, take: countedMax })
  const oldest = await db.accessToken.findFirst({ ...from, select: { expiresAt: true } })
  return { count, oldestAt: oldest?.expiresAt ?? null }
}
