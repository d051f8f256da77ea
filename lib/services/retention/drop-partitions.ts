import type { Db } from '@/lib/db/client'
import { messageOf } from '@/lib/db/failure-codes'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { type DecisionPartitions, isHeldUp } from '@/lib/db/partitions/decision-partitions'
import { contains } from '@/lib/db/partitions/periods'
import { noteRemoval } from '../evidence/note-removal'
import { logFailed } from '../failure-log'
import type { AuditedPeriod } from './audited-periods'
import { daysBefore } from './retention-periods'

export const outcomes = ['accepted', 'refused'] as const
type Outcome = (typeof outcomes)[number]
export type Cutoffs = Record<Outcome, Date>

type Deps = {
  db: Db
  now: Date
  /** Organizations whose decisions there may be. */
  owners: readonly (string | null)[]
  audited: Record<Outcome, AuditedPeriod>
  mayGoOn: () => Promise<boolean>
  pause: (batchMs: number) => Promise<void>
  onRemoved: (of: Outcome, count: number) => void
}

/** How often the lock for a partition is asked for in one round. */
const triesMax = 5

/**
 * Drops the partitions in which all decisions have been kept long enough, whatever their outcome, after the logs were told of it.
 * @returns before which times decisions are then removed one by one; null where it may not go on
 */
export async function dropPartitions(deps: Deps): Promise<Cutoffs | null> {
  const { db, now, audited } = deps
  const { partitions } = loginStoreOf(db)
  const found = await partitions?.read()
  const cutoffs = cutoffsAt(now, audited)
  if (!partitions || !found) return cutoffs
  // A partition is gone at once. So the clocks of both have to say that its time has come.
  const sure = cutoffsAt(earlier(found.now, now), audited)
  const whole = earlier(sure.accepted, sure.refused)
  const expired = found.partitions.filter(({ isDefault, to }) => !isDefault && to !== null && to <= whole)
  const last = expired.at(-1)?.to
  if (last) {
    await noteRemovals(deps, last)
    for (const { name, from } of expired) {
      if (!(await deps.mayGoOn())) return null
      const failure = await drop(partitions, name, deps)
      if (failure === null) continue
      logFailed(new Error(messageOf(failure)), isHeldUp(failure) ? heldUp : failed, { partition: name })
      return isHeldUp(failure) ? waiting(cutoffs, () => from ?? new Date(0)) : cutoffs
    }
  }
  const ofPartition = (cutoff: Date) => found.partitions.find((one) => one.to !== null && contains(one, cutoff))
  return waiting(cutoffs, (cutoff) => ofPartition(cutoff)?.from ?? cutoff)
}

const cutoffsAt = (now: Date, audited: Deps['audited']): Cutoffs => ({
  accepted: daysBefore(now, audited.accepted.days),
  refused: daysBefore(now, audited.refused.days),
})

const earlier = (one: Date, other: Date) => new Date(Math.min(one.getTime(), other.getTime()))

/** Also to logs of organizations that are gone: their records would be missing. */
async function noteRemovals({ db, now, owners, audited }: Deps, before: Date): Promise<void> {
  const heads = await db.chainHead.findMany({ select: { organizationId: true } })
  const all = new Set([
    ...owners,
    ...heads.map(({ organizationId }) => (organizationId === '' ? null : organizationId)),
  ])
  for (const organizationId of all) {
    for (const of of outcomes) {
      const where = { organizationId, at: { lt: before }, accepted: of === 'accepted' }
      await noteRemoval(db, { organizationId, of, where, period: audited[of], now })
    }
  }
}

/** Returns why a partition is still there; null where it is gone. */
async function drop(partitions: DecisionPartitions, name: string, { pause, onRemoved }: Deps): Promise<unknown> {
  for (let time = 1; ; time++) {
    const startedMs = performance.now()
    try {
      const rows = await partitions.estimate(name)
      const failure = await failureOf(partitions.drop(name))
      if (failure !== null && (await isThere(partitions, name))) throw failure
      for (const of of outcomes) onRemoved(of, rows[of])
      return null
    } catch (failure) {
      if (time >= triesMax || !isHeldUp(failure)) return failure
      await pause(performance.now() - startedMs)
    }
  }
}

const failureOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => null,
    (failure: unknown) => failure,
  )

/** The answer to a drop may be lost. */
const isThere = async (partitions: DecisionPartitions, name: string) =>
  (await partitions.read())?.partitions.some((one) => one.name === name) ?? false

const heldUp =
  'a partition whose decisions were kept long enough is held by another transaction, such as a backup; it is dropped an hour later'
const failed =
  'a partition whose decisions were kept long enough could not be dropped, so they are removed one by one; make the database role of this server the owner of "Decision" and its partitions'

/**
 * Decisions that are kept longest wait until their partition can be dropped: removed one by one as their time comes, they would all be gone by then. Those of
 * the first partition, which held all decisions when the table was partitioned, do not wait.
 */
function waiting(cutoffs: Cutoffs, until: (cutoff: Date) => Date): Cutoffs {
  const last = earlier(cutoffs.accepted, cutoffs.refused)
  const of = (outcome: Outcome) => (cutoffs[outcome] > last ? cutoffs[outcome] : until(cutoffs[outcome]))
  return { accepted: of('accepted'), refused: of('refused') }
}
