import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { type Role, toRole } from '@/lib/trust/role'

/** A person of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findPersonIn(
  db: Pick<Tx, 'membership'>,
  organizationId: string,
  userId: string,
): Promise<{ id: string; name: string; role: Role }> {
  const where = { organizationId_userId: { organizationId, userId } }
  const found = isId(userId) ? await db.membership.findUnique({ where, include: { user: true } }) : null
  if (!found) throw notFound('There is no member with that id.')
  return { id: found.user.id, name: found.user.name, role: toRole(found.role) }
}
