import { AppError, notFound } from '@/lib/errors'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import { type Context, inTransaction } from '../context'
import { findTrustIn } from '../trust/find-trust'
import { gatewayAddress } from './gateway-address'
import { storeIntent } from './store-intent'

/**
 * Begins a sign-in for another application, which sends its browser to the address and is told the outcome at its URLs.
 * @throws AppError `not-found`, `rule` (the provider is inactive)
 */
export async function beginIntent(
  ctx: Context,
  { trustId, successUrl, failureUrl }: { trustId: string; successUrl: string; failureUrl: string },
): Promise<{ authUrl: string; trust: Trust }> {
  const { organizationId } = requireAccess(ctx, 'write')
  const trust = await findTrustIn(ctx.db, organizationId, { id: trustId })
  const options = signInOptionsOf(trust)
  if (!options) throw notFound('There is no provider with that id.')
  if (!trust.enabled) throw new AppError('rule', 'Nobody signs in through this provider now.')
  const intentId = await inTransaction(ctx, async (tx) => {
    const id = await storeIntent(tx, ctx, trust, { purpose: 'intent', successUrl, failureUrl })
    await record(tx, ctx, {
      action: 'intent.started',
      target: { kind: 'trust', id: trust.id, name: trust.name },
      after: { intentId: id, successUrl, failureUrl },
    })
    return id
  })
  return { authUrl: await gatewayAddress(options.jwtEndpoint, intentId), trust }
}
