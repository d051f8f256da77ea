import { runJob } from '@/lib/analysis-thread/run-job'
import type { AnalysisAnswer, MuteAnswer } from '@/lib/model/posture'
import { ownerOf, requireAccess } from '../access'
import type { Context } from '../context'
import { getTrust } from '../trust/find-trust'
import { lastInForce } from '../trust/last-in-force'
import { mutesOf, toMuteAnswer } from './mutes'
import { subjectOfTrust } from './trust-subject'

export type TrustPosture = AnalysisAnswer & {
  trustId: string
  version: number
  /** The version in which it was enabled last; null: it never was; `unknown`: that is not on record any more. */
  lastEnabledVersion: number | 'unknown' | null
  mutes: MuteAnswer[]
}

/** The posture of a stored trust with its mutes. @throws AppError `not-found` */
export async function getTrustPosture(ctx: Context, trustId: string): Promise<TrustPosture> {
  requireAccess(ctx, 'read')
  const trust = await getTrust(ctx, trustId)
  const mutes = (await mutesOf(ctx.db, trust.id, ctx.now())).map(toMuteAnswer)
  const subject = await subjectOfTrust(ctx, trust)
  const inForce = trust.enabled ? trust : await lastInForce(ctx.db, trust)
  return {
    ...(await runJob('analyse', { subject, mutes }, ownerOf(ctx))),
    ...{ trustId: trust.id, version: trust.version, mutes },
    lastEnabledVersion: inForce === null || inForce === 'unknown' ? inForce : inForce.version,
  }
}
