import { runJob } from '@/lib/analysis-thread/run-job'
import type { AnalysisAnswer, ComparisonAnswer, RecognitionAnswer } from '@/lib/model/posture'
import type { JsonObject } from '@/lib/trust/json/json'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { ownerOf, requireAccess } from '../access'
import type { Context } from '../context'
import { getTrust } from '../trust/find-trust'
import { subjectOfDraft, subjectOfTrust } from './trust-subject'

/** A stored trust by its id, or one that is written out, which may be a change of a stored one. */
export type TrustReference = { trustId: string } | { policy: JudgedPolicy; trustId?: string | undefined }

/**
 * Analyses a trust. Nothing is stored, and no keys are fetched.
 * @param sample claims of a token that it is meant for
 * @throws AppError `not-found`
 */
export async function analyseTrust(ctx: Context, trust: TrustReference, sample?: JsonObject): Promise<AnalysisAnswer> {
  return runJob('analyse', { subject: await subjectOf(ctx, trust, sample) }, ownerOf(ctx))
}

/** Says what becomes of one trust when another takes its place. @throws AppError `not-found` */
export async function compareTrusts(
  ctx: Context,
  before: TrustReference,
  after: TrustReference,
): Promise<ComparisonAnswer> {
  return runJob('compare', { before: await subjectOf(ctx, before), after: await subjectOf(ctx, after) }, ownerOf(ctx))
}

/** Says which issuer made a token and what its claims mean. Nothing in the claims is believed. */
export async function recogniseClaims(ctx: Context, claims: JsonObject): Promise<RecognitionAnswer> {
  requireAccess(ctx, 'read')
  return runJob('recognise', { claims }, ownerOf(ctx))
}

async function subjectOf(ctx: Context, reference: TrustReference, sample?: JsonObject) {
  requireAccess(ctx, 'read')
  const { trustId } = reference
  const policy = 'policy' in reference ? reference.policy : undefined
  if (policy && trustId === undefined) return subjectOfDraft(policy, ctx.now(), sample)
  const trust = await getTrust(ctx, trustId ?? '')
  return subjectOfTrust(ctx, trust, { sample, policy })
}
