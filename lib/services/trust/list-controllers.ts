import { requireAccess } from '../access'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'
import { findPersonIn } from '../sign-in/find-person'
import { type Controller, controllersOf, providersOf } from './control'

/** Controllers of an identity's trusts, which decide who logs in as it. @throws AppError `not-found` */
export async function listIdentityControllers(ctx: Context, identityId: string): Promise<Controller[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id } = await findIdentityIn(ctx.db, organizationId, identityId)
  return controllersOf(ctx.db, organizationId, { identityId: id })
}

/** Controllers of the providers through which a person signs in. @throws AppError `not-found` */
export async function listMemberControllers(ctx: Context, userId: string): Promise<Controller[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id } = await findPersonIn(ctx.db, organizationId, userId)
  return controllersOf(ctx.db, organizationId, await providersOf(ctx.db, id))
}
