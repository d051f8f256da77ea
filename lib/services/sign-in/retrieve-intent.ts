import { inTransaction } from '@/lib/db/transaction'
import { toTrust } from '@/lib/db/trust-row'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { isJsonObject, type JsonObject, parseJson } from '@/lib/trust/json/json'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { unseal } from '../installation/seal'
import { liveFor } from '../live-for'
import { starterOf } from './begin-intent'
import { resultSeconds } from './store-intent'

export type IntentResult = { trust: Trust; claims: JsonObject; userId: string | null }

/**
 * Returns the person who signed in, to the application that began the intent, once. The claims of the token are deleted with it.
 * @throws AppError `not-found`, `forbidden` (another token), `rule` (not finished, failed, or used already)
 */
export async function retrieveIntent(
  ctx: Context,
  { id, token }: { id: string; token: string },
): Promise<IntentResult> {
  const { organizationId } = requireAccess(ctx, 'write')
  const intent = isId(id)
    ? await ctx.db.signInIntent.findFirst({
        where: { id, purpose: 'intent', trust: { organizationId } },
        include: { trust: true },
      })
    : null
  if (!intent) throw notFound('There is no intent with that id.')
  if (intent.status === 'consumed') throw new AppError('rule', 'Intent has already been consumed')
  if (intent.status !== 'succeeded') throw new AppError('rule', 'Intent has not succeeded')
  const isStarter = intent.startedBy === null || intent.startedBy === starterOf(ctx)
  if (!isStarter || intent.tokenHash !== (await sha256Hex(token)))
    throw new AppError('forbidden', 'Intent token is invalid')
  const trust = toTrust(intent.trust)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.signInIntent.updateMany({
      where: { id, status: 'succeeded', expiresAt: liveFor(ctx.now(), resultSeconds) },
      data: { status: 'consumed', person: null, tokenHash: null },
    })
    if (count === 0) throw new AppError('rule', 'Intent has expired or was consumed already')
    // The entry names the reader; the claims are deleted.
    await record(tx, ctx, {
      action: 'intent.retrieved',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      after: { intentId: id, userId: intent.userId },
    })
  })
  return { trust, claims: await claimsIn(intent.person), userId: intent.userId }
}

async function claimsIn(person: string | null): Promise<JsonObject> {
  const parsed = parseJson(person === null ? '{}' : await unseal('sign-in-state', person))
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
}
