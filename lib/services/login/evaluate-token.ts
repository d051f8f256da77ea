import { runJob } from '@/lib/analysis-thread/run-job'
import type { EvaluationAnswer } from '@/lib/model/evaluation'
import { evaluation } from '@/lib/model/evaluation-answer'
import { keySourceId } from '@/lib/net/key-cache'
import { askedSourcesMax, type KeyProvider } from '@/lib/trust/engine/checks/key-candidates'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { shownVerdict } from '@/lib/trust/kinds'
import { isRemote, type KeySource } from '@/lib/trust/policy'
import { canAccess } from '@/lib/trust/role'
import { ownerOf, requireAccess, requireActor } from '../access'
import { attempts } from '../attempts'
import { recordNothing } from '../audit/record'
import type { Context } from '../context'
import { recordLookup } from '../keys/look-up-keys'
import type { TrustReference } from '../posture/analyse'
import { getTrust } from '../trust/find-trust'
import { findFreeze, frozenCheck, isFrozen, refusedBy } from './freeze'
import { judge } from './judge'

/** Limits CPU use, because every reader of trusts may call this. */
const evaluations = attempts('tokens evaluated by you', { name: 'evaluate', points: 300, seconds: 60 })

/**
 * Judges a token by a stored trust, or by one that is written out. Issues nothing and keeps neither token nor verdict. Keys of
 * a source that no trust of the organization names are fetched for those who may write, which is on record as a look-up.
 * @param ip where an access token would be used from
 * @param at the instant that the token is judged of; keys are those of now
 * @throws AppError `not-found`, `too-many`
 */
export async function evaluateToken(
  ctx: Context,
  reference: TrustReference,
  { token, ip, at = ctx.now() }: { token: string; ip?: string | undefined; at?: Date | undefined },
): Promise<EvaluationAnswer> {
  requireAccess(ctx, 'read')
  await evaluations.count(requireActor(ctx).id)
  const stored = reference.trustId === undefined ? null : await getTrust(ctx, reference.trustId)
  const policy = 'policy' in reference ? reference.policy : stored
  if (!policy) throw new TypeError('a reference names a trust or writes it out')

  const keys = await permittedKeys(ctx, policy.keys)
  const now = at.getTime() / 1000
  const judged = shownVerdict(policy.kind, await judge(ctx, policy, token, { keys, now, ip: ip ?? null }))
  const freeze = stored === policy && judged.accepted ? await findFreeze(ctx, stored.id) : null
  const verdict = isFrozen(freeze) ? refusedBy(judged, frozenCheck) : judged
  const { claims } = verdict
  const { issuer, rules } = policy
  const known = claims && (await runJob('explain', { policy: { issuer, rules }, claims }, ownerOf(ctx)))
  return evaluation(verdict, known?.recognition ?? null, now, known?.causes)
}

/** As in a look-up of keys: actors without write access cannot have sources fetched that no trust uses. */
async function permittedKeys(ctx: Context, sources: readonly KeySource[]): Promise<KeyProvider> {
  const { organizationId, role } = requireAccess(ctx, 'read')
  const remote = sources.filter(isRemote)
  const ids = remote.map(keySourceId)
  const where = { organizationId, sourceId: { in: ids } }
  const rows = await ctx.db.trustKeySource.findMany({ where, select: { sourceId: true }, distinct: ['sourceId'] })
  const named = new Set(rows.map(({ sourceId }) => sourceId))
  const unnamed = remote.slice(0, askedSourcesMax).filter((source) => !named.has(keySourceId(source)))
  const mayFetch = canAccess(role, 'write')
  if (!mayFetch || unnamed.length === 0) recordNothing(ctx)
  else for (const source of unnamed) await recordLookup(ctx, source, false)

  const since = performance.now()
  return async (source, { again, knownOnly }) =>
    mayFetch || named.has(keySourceId(source)) ? ctx.keys.get(source, { again, knownOnly, since }) : notPermitted
}

const notPermitted: KeySet = {
  status: 'unavailable',
  reason: 'unreachable',
  message: 'This key source was not fetched: no trust uses it, and your role may not have it fetched.',
  fix: 'Evaluate a stored trust, or ask a member who may change trusts.',
}
