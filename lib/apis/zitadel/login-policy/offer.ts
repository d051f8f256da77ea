import { AppError, notFound } from '@/lib/errors'
import { recordNothing } from '@/lib/services/audit/record'
import type { Context } from '@/lib/services/context'
import { listSignInTrusts } from '@/lib/services/sign-in/list-sign-in-trusts'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'
import { toDraft, toIdp } from '../idps/mapper'
import { absent, getIdp, isReadable, requireIdLength } from '../idps/reach'
import type { Scope } from '../idps/wire'

/**
 * Offers a provider on the sign-in page. No effect on one that is offered, as every new one is.
 * @param owner required owner; null = any that the level reads
 * @throws AppError `not-found`
 */
export async function offerIdp(
  ctx: Context,
  scope: Scope,
  id: string,
  owner: SignInOptions['owner'] | null,
): Promise<Trust> {
  const change = setOffered(ctx, scope, id, true, owner)
  return change.catch((error) => {
    if (!(error instanceof AppError) || error.kind !== 'unchanged') throw error
    recordNothing(ctx)
    return getIdp(ctx, scope, id)
  })
}

/**
 * Takes a provider off the sign-in page: sign-ins here end, other applications go on. People stay linked.
 * @throws AppError `not-found`, also for one that is not offered
 */
export async function withdrawIdp(ctx: Context, scope: Scope, id: string): Promise<Trust> {
  return setOffered(ctx, scope, id, false, null).catch((error) => {
    throw error instanceof AppError && error.kind === 'unchanged' ? notFound('The provider is not linked') : error
  })
}

/** Lists the offered providers that a level reads. */
export async function listOffered(ctx: Context, scope: Scope): Promise<{ trusts: Trust[]; sequence: string }> {
  const { trusts, sequence } = await listSignInTrusts(ctx)
  const isOffered = (trust: Trust) => toIdp(trust)?.options.isOffered === true
  return { trusts: trusts.filter((trust) => isReadable(scope, trust) && isOffered(trust)), sequence }
}

async function setOffered(
  ctx: Context,
  scope: Scope,
  id: string,
  isOffered: boolean,
  owner: SignInOptions['owner'] | null,
): Promise<Trust> {
  requireIdLength(id)
  return updateTrust(ctx, { id }, (before) => {
    const idp = toIdp(before)
    if (!idp || !isReadable(scope, before) || (owner !== null && idp.options.owner !== owner)) throw absent()
    if (idp.options.isOffered === isOffered) throw new AppError('unchanged', 'Nothing would change')
    return toDraft({ ...idp, options: { ...idp.options, isOffered } }, before)
  })
}
