import { inTransaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { mayReturnTo } from '@/lib/model/return-origin'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { settingsIn } from '../organization/settings'
import { findSignInTrustIn } from './find-sign-in-trust'
import { gatewayAddress } from './gateway-address'
import { storeIntent } from './store-intent'

/**
 * Begins a sign-in for another application, which sends its browser to the address and is told the outcome at its URLs.
 * Only the actor that began it may retrieve it; a person, only in the same session.
 * @throws AppError `not-found`, `rule` (the provider is inactive), `invalid` (an address that the organization does not list)
 */
export async function beginIntent(
  ctx: Context,
  { trustId, successUrl, failureUrl }: { trustId: string; successUrl: string; failureUrl: string },
): Promise<{ authUrl: string; trust: Trust }> {
  const { organizationId } = requireAccess(ctx, 'write')
  const trust = await findSignInTrustIn(ctx.db, organizationId, trustId)
  if (!trust.enabled) throw new AppError('rule', 'This provider is not open for sign-ins now.')
  await requireListed(ctx, organizationId, { successUrl, failureUrl })
  const intentId = await inTransaction(ctx, async (tx) => {
    const id = await storeIntent(tx, ctx, trust, {
      ...{ purpose: 'intent' as const, successUrl, failureUrl, startedBy: starterOf(ctx) },
    })
    await record(tx, ctx, {
      action: 'intent.started',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      after: { intentId: id, successUrl, failureUrl },
    })
    return id
  })
  return { authUrl: await gatewayAddress(trust.options.jwtEndpoint, intentId), trust }
}

/** The actor that begins an intent, as its row names it. */
export function starterOf({ actor }: Context): string | null {
  if (actor.kind === 'user') return `session ${actor.sessionId}`
  return 'id' in actor ? `${actor.kind} ${actor.id}` : null
}

/** Browsers come there with the secret that says who signed in, so not just any address will do. */
async function requireListed(ctx: Context, organizationId: string, urls: Record<'successUrl' | 'failureUrl', string>) {
  const { returnOrigins } = await settingsIn(ctx.db, organizationId)
  const fields = Object.entries(urls).flatMap(([name, address]) =>
    mayReturnTo(address, env().PUBLIC_URL, returnOrigins)
      ? []
      : [{ path: ['urls', name], code: 'return_origin_not_listed', message: notListed(address) }],
  )
  const [first] = fields
  if (first) throw new AppError('invalid', first.message, { reason: first.code, fields })
}

const notListed = (address: string) =>
  `Browsers may not be sent to ${URL.canParse(address) ? new URL(address).origin : 'this address'}. Have an admin add that origin to the return addresses in the settings.`
