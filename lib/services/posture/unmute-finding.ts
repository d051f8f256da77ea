import { notFound } from '@/lib/errors'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findTrustIn } from '../trust/find-trust'
import { requireTrustRank } from '../trust/require-trust-rank'
import { mutesOf, toMuteAnswer } from './mutes'

/** Ends a mute: the findings of that rule count again. @throws AppError `not-found`, `forbidden` (rank) */
export async function unmuteFinding(ctx: Context, { trustId, rule }: { trustId: string; rule: string }) {
  await inOrganization(ctx, 'write', async (tx, ctx) => {
    const trust = await findTrustIn(tx, ctx.organizationId, { id: trustId })
    await requireTrustRank(tx, ctx, { before: trust, draft: trust })
    const before = (await mutesOf(tx, trust.id, ctx.now())).find((mute) => mute.rule === rule)
    if (!before) throw notFound(`No finding of the rule ${rule} is muted on this trust.`)
    await tx.findingMute.delete({ where: { trustId_rule: { trustId: trust.id, rule } } })
    await record(tx, ctx, {
      action: 'finding.unmuted',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      before: toMuteAnswer(before),
    })
  })
}
