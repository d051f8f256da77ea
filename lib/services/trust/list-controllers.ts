import { requireAccess } from '../access'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'
import { findPersonIn } from '../sign-in/find-person'
import { type Controller, controllersOf, providersOf } from './control'

/** Who decides who logs in as an identity, trust by trust. @throws AppError `not-found` */
export async function listIdentityControllers(ctx: Context, identityId: string): Promise<Controller[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id } = await findIdentityIn(ctx.db, organizationId, identityId)
  return controllersOf(ctx.db, organizationId, { identityId: id })
}

/** Who decides who signs in as a person, provider by provider. @throws AppError `not-found` */
export async function listMemberControllers(ctx: Context, userId: string): Promise<Controller[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { id } = await findPersonIn(ctx.db, organizationId, userId)
  return controllersOf(ctx.db, organizationId, await providersOf(ctx.db, id))
}
