import type { Db } from '@/lib/db/client'
import type { RecordKind } from '@/lib/model/retention'
import { forgetOldSources } from '../key-source/forget-old-sources'
import { retentionPeriods } from './retention-periods'

/** What is removed: the kinds with a period of their own, and sessions and sign-ins, which go a day after their end. */
export const removedKinds = [
  'accepted-decisions',
  'refused-decisions',
  'audit-entries',
  'key-source-events',
  'access-tokens',
  'sign-ins',
] as const satisfies readonly (RecordKind | 'sign-ins')[]
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

const dayMs = 86_400_000

/**
 * Removes what was kept long enough, in small batches, the rows of each from one index range.
 * @returns whether nothing is left
 */
export async function removeExpired({ db, now, mayGoOn, pause, onRemoved }: Deps): Promise<boolean> {
  for (const { kind, remove } of await sweeps(db, now)) {
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

type Sweep = { kind: RemovedKind; remove: (limit: number) => Promise<number> }

async function sweeps(db: Db, now: Date): Promise<Sweep[]> {
  const periods = await retentionPeriods(db)
  const before = (kind: RecordKind) => {
    const days = periods.find((period) => period.kind === kind)?.days ?? Number.POSITIVE_INFINITY
    return new Date(Math.max(0, now.getTime() - days * dayMs))
  }
  const organizations = await db.organization.findMany({ select: { id: true } })
  const owners = [...organizations.map(({ id }) => id), null]
  const dayAgo = { lt: new Date(now.getTime() - dayMs) }
  return [
    ...owners.flatMap((organizationId): Sweep[] => [
      {
        kind: 'accepted-decisions',
        remove: (limit) => {
          const where = { organizationId, accepted: true, at: { lt: before('accepted-decisions') } }
          return counted(db.decision.deleteMany({ where, limit }))
        },
      },
      {
        kind: 'refused-decisions',
        remove: (limit) => {
          const where = { organizationId, accepted: false, at: { lt: before('refused-decisions') } }
          return counted(db.decision.deleteMany({ where, limit }))
        },
      },
      {
        kind: 'audit-entries',
        remove: (limit) => {
          const where = { organizationId, at: { lt: before('audit-entries') } }
          return counted(db.auditEntry.deleteMany({ where, limit }))
        },
      },
    ]),
    ...organizations.map(
      ({ id: organizationId }): Sweep => ({
        kind: 'access-tokens',
        remove: (limit) => {
          const where = { organizationId, expiresAt: { lt: before('access-tokens') } }
          return counted(db.accessToken.deleteMany({ where, limit }))
        },
      }),
    ),
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
  ]
}

const counted = async (deletion: Promise<{ count: number }>) => (await deletion).count
