import type { Tx } from '@/lib/db/client'
import { type Identity, identityInclude, toIdentity } from '@/lib/db/identity-row'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireAccess } from '../access'
import type { Context } from '../context'

export type { Identity }

/** @throws AppError `not-found` when there is none in the actor's organization */
export async function getIdentity(ctx: Context, id: string): Promise<Identity> {
  const { organizationId } = requireAccess(ctx, 'read')
  return findIdentityIn(ctx.db, organizationId, id)
}

/** An identity of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findIdentityIn(db: Pick<Tx, 'identity'>, organizationId: string, id: string): Promise<Identity> {
  const row = isId(id) ? await db.identity.findFirst({ where: { id, organizationId }, include: identityInclude }) : null
  if (!row) throw notFound(`There is no identity ${isId(id) ? id : 'with that id'}.`)
  return toIdentity(row)
}
