import { invalidField } from '@/lib/errors'
import { postureRules } from '@/lib/trust/posture/rules'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findTrustIn } from '../trust/find-trust'
import { requireTrustRank } from '../trust/require-trust-rank'
import { type Mute, mutesOf, toMuteAnswer } from './mutes'

export type MuteRequest = { rule: string; reason: string; until: string }

/** Nothing is accepted for longer without being looked at again. */
const daysMax = 366

/**
 * Accepts the findings of one rule on a trust until a time: they stay visible, and do not count in the score. A mute that is
 * there is replaced.
 * @throws AppError `not-found`, `forbidden` (rank), `invalid` (unknown rule, time)
 */
export async function muteFinding(ctx: Context, trustId: string, { rule, reason, until }: MuteRequest): Promise<Mute> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const trust = await findTrustIn(tx, ctx.organizationId, { id: trustId })
    await requireTrustRank(tx, ctx, { before: trust, draft: trust })
    if (!postureRules.some(({ id }) => id === rule)) throw invalidField(['rule'], `There is no rule ${rule}.`)
    const createdAt = ctx.now()
    const end = requireWithinYear(new Date(until), createdAt)
    const before = (await mutesOf(tx, trust.id, createdAt)).find((mute) => mute.rule === rule)
    const by = { byId: 'id' in ctx.actor ? ctx.actor.id : null, byName: 'name' in ctx.actor ? ctx.actor.name : null }
    const set = { reason, until: end, createdAt, ...by }
    const mute = await tx.findingMute.upsert({
      where: { trustId_rule: { trustId: trust.id, rule } },
      create: { ...set, trustId: trust.id, organizationId: ctx.organizationId, rule },
      update: set,
    })
    await record(tx, ctx, {
      action: 'finding.muted',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before: before ? toMuteAnswer(before) : null,
      after: toMuteAnswer(mute),
      reason,
    })
    return mute
  })
}

function requireWithinYear(until: Date, now: Date): Date {
  const days = (until.getTime() - now.getTime()) / 86_400_000
  if (days > 0 && days <= daysMax) return until
  throw invalidField(['until'], `Give a time in the future, at most ${daysMax} days from now.`)
}
