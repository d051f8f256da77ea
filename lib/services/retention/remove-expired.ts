import type { Db } from '@/lib/db/client'
import type { SealedKind } from '@/lib/model/evidence'
import type { RecordKind } from '@/lib/model/retention'
import { rememberedDays } from '@/lib/model/workload-runs'
import { noteRemoval, type Removed } from '../evidence/note-removal'
import { forgetOldSources } from '../key-source/forget-old-sources'
import { auditedPeriods, noteFollowedActs } from './audited-periods'
import { type Cutoffs, dropPartitions } from './drop-partitions'
import { daysBefore, retentionPeriods } from './retention-periods'

/**
 * Kinds of records that are removed: those with a period of their own, incidents, which go with their refusals, what is remembered of workloads,
 * which goes with their accepted logins, sessions and sign-ins, which go a day after their end, and token inboxes, which go at their end.
 */
export const removedKinds = [
  'accepted-decisions',
  'refused-decisions',
  'audit-entries',
  'key-source-events',
  'access-tokens',
  'incidents',
  'workload-runs',
  'sign-ins',
  'token-inboxes',
] as const satisfies readonly (RecordKind | 'incidents' | 'workload-runs' | 'sign-ins' | 'token-inboxes')[]
export type RemovedKind = (typeof removedKinds)[number]

type Deps = {
  db: Db
  now: Date
  /** Asked before every batch; false ends the work for now. */
  mayGoOn: () => Promise<boolean>
  /** Waits after a batch that took so many milliseconds, so that logins go first. */
  pause: (batchMs: number) => Promise<void>
  onRemoved: (kind: RemovedKind, count: number) => void
}

/** Rows of one statement: a login that waits for it waits a few milliseconds. */
const batchRows = 100

/**
 * Removes what was kept long enough: whole partitions, and rows in small batches, each from one index range.
 * @returns whether nothing is left
 */
export async function removeExpired({ db, now, mayGoOn, pause, onRemoved }: Deps): Promise<boolean> {
  await noteFollowedActs(db, now)
  const audited = await auditedPeriods(db)
  const organizations = await db.organization.findMany({ select: { id: true } })
  const owners = [...organizations.map(({ id }) => id), null]
  const decisionsBefore = await dropPartitions({
    ...{ db, now, owners, audited, mayGoOn, pause },
    onRemoved: (of, count) => onRemoved(`${of}-decisions`, count),
  })
  if (!decisionsBefore) return false
  for (const { kind, remove, begin } of await sweeps({ db, now, owners, audited, decisionsBefore })) {
    await begin?.()
    for (let count = batchRows; count === batchRows; ) {
      if (!(await mayGoOn())) return false
      const startedMs = performance.now()
      count = await remove(batchRows)
      if (count > 0) onRemoved(kind, count)
      await pause(performance.now() - startedMs)
    }
  }
  return true
}

type Sweep = {
  kind: RemovedKind
  remove: (limit: number) => Promise<number>
  /** Before the first batch: what is removed is said in the evidence log. */
  begin?: () => Promise<void>
}

type Known = {
  db: Db
  now: Date
  /** The organizations, and null. */
  owners: readonly (string | null)[]
  audited: Awaited<ReturnType<typeof auditedPeriods>>
  /** Decisions of these times, or later, are not removed one by one. */
  decisionsBefore: Cutoffs
}

async function sweeps({ db, now, owners, audited, decisionsBefore }: Known): Promise<Sweep[]> {
  const periods = await retentionPeriods(db)
  const daysAgo = (days: number) => daysBefore(now, days)
  const before = (kind: RecordKind) =>
    daysAgo(periods.find((period) => period.kind === kind)?.days ?? Number.POSITIVE_INFINITY)
  // The acts that say how long records are kept stay.
  const kept = { id: { notIn: Object.values(audited).flatMap(({ entryId }) => entryId ?? []) } }
  const dayAgo = { lt: daysAgo(1) }
  return [
    ...owners.flatMap((organizationId): Sweep[] => {
      const of = (outcome: keyof Cutoffs) => ({ organizationId, at: { lt: decisionsBefore[outcome] } })
      const begin = (kind: SealedKind, where: Removed) => () =>
        noteRemoval(db, { organizationId, of: kind, where, period: audited[kind], now })
      const accepted = { ...of('accepted'), accepted: true }
      const refused = { ...of('refused'), accepted: false }
      const acts = { organizationId, at: { lt: daysAgo(audited.audit.days) }, ...kept }
      return [
        {
          ...{ kind: 'accepted-decisions', begin: begin('accepted', accepted) },
          remove: (limit) => counted(db.decision.deleteMany({ where: accepted, limit })),
        },
        {
          ...{ kind: 'refused-decisions', begin: begin('refused', refused) },
          remove: (limit) => counted(db.decision.deleteMany({ where: refused, limit })),
        },
        {
          ...{ kind: 'audit-entries', begin: begin('audit', acts) },
          remove: (limit) => counted(db.auditEntry.deleteMany({ where: acts, limit })),
        },
      ]
    }),
    ...owners.flatMap((organizationId): Sweep[] => {
      if (organizationId === null) return []
      const where = { organizationId, expiresAt: { lt: before('access-tokens') } }
      return [{ kind: 'access-tokens', remove: (limit) => counted(db.accessToken.deleteMany({ where, limit })) }]
    }),
    // Incidents are kept as long as the refusals they are made of.
    {
      kind: 'incidents',
      remove: (limit) =>
        counted(db.incidentRefusal.deleteMany({ where: { at: { lt: daysAgo(audited.refused.days) } }, limit })),
    },
    ...owners.map(
      (organizationId): Sweep => ({
        kind: 'incidents',
        remove: (limit) => {
          const where = { organizationId, at: { lt: daysAgo(audited.refused.days) } }
          return counted(db.incident.deleteMany({ where, limit }))
        },
      }),
    ),
    {
      kind: 'workload-runs',
      remove: (limit) => {
        const at = { lt: daysAgo(Math.min(audited.accepted.days, rememberedDays)) }
        return counted(db.workloadRuns.deleteMany({ where: { at }, limit }))
      },
    },
    { kind: 'key-source-events', remove: (limit) => forgetOldSources(db, before('key-source-events'), limit) },
    { kind: 'sign-ins', remove: (limit) => counted(db.session.deleteMany({ where: { expiresAt: dayAgo }, limit })) },
    {
      kind: 'sign-ins',
      remove: (limit) => counted(db.verification.deleteMany({ where: { expiresAt: dayAgo }, limit })),
    },
    {
      kind: 'sign-ins',
      remove: (limit) => counted(db.passkeyChallenge.deleteMany({ where: { expiresAt: dayAgo }, limit })),
    },
    {
      kind: 'sign-ins',
      remove: (limit) => counted(db.signInIntent.deleteMany({ where: { expiresAt: dayAgo }, limit })),
    },
    {
      kind: 'token-inboxes',
      remove: (limit) => counted(db.tokenInbox.deleteMany({ where: { expiresAt: { lt: now } }, limit })),
    },
  ]
}

const counted = async (deletion: Promise<{ count: number }>) => (await deletion).count
