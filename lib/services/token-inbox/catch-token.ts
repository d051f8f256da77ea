import { runJob } from '@/lib/analysis-thread/run-job'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { evaluation } from '@/lib/model/evaluation-answer'
import { CaughtToken, inboxSeconds } from '@/lib/model/token-inbox'
import { jsonText } from '@/lib/trust/json/json-text'
import { shownVerdict } from '@/lib/trust/kinds'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { addressKey } from '../address-key'
import { attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { liveFor } from '../live-for'
import { judge } from '../login/judge'
import { readPolicy } from './draft-text'
import { inboxTarget } from './inbox-row'
import { withoutSignature } from './without-signature'

/** Secrets that one address may try; each has 256 random bits. */
const tries = attempts('tokens sent to inboxes', { name: 'caught-token', points: 30, seconds: 300 })

/**
 * Takes the one token of an inbox: verifies it through the keys of the draft, drops its signature, and keeps header, claims and verdict for
 * the owner. The sender learns nothing of them. The inbox is used up before the token is looked at, so no second one is ever judged.
 * @throws AppError `not-found` (unknown or too old), `conflict` (used up), `too-many`
 */
export async function catchToken(ctx: Context, input: CaughtToken): Promise<void> {
  const { inbox: secret, token } = CaughtToken.parse(input)
  await tries.count(addressKey(ctx.ip))
  const where = { secretHash: await sha256Hex(secret), expiresAt: liveFor(ctx.now(), inboxSeconds) }
  const inbox = await ctx.db.tokenInbox.findFirst({ where })
  if (!inbox) throw new AppError('not-found', 'There is no such inbox, or its ten minutes are over. Open another one.')
  const { count } = await ctx.db.tokenInbox.updateMany({
    where: { id: inbox.id, caughtAt: null },
    data: { caughtAt: ctx.now() },
  })
  if (count === 0) {
    throw new AppError('conflict', 'This inbox has already received its token. Open another one.', {
      reason: 'inbox_used',
    })
  }
  const policy = readPolicy(inbox.policy)
  const verdict = shownVerdict(policy.kind, await judge(ctx, policy, token))
  const { claims } = verdict
  const whole = evaluation(
    verdict,
    claims && (await runJob('recognise', { claims }, { owner: addressKey(ctx.ip) })),
    ctx.now().getTime() / 1000,
  )
  const kept = withoutSignature(whole, token)
  await inTransaction(ctx, async (tx) => {
    await tx.tokenInbox.updateMany({ where: { id: inbox.id }, data: { evaluation: jsonText(kept) } })
    await record(tx, ctx, {
      action: 'token-inbox.caught',
      organizationId: inbox.organizationId,
      target: inboxTarget(inbox),
      after: { accepted: kept.accepted },
    })
  })
}
