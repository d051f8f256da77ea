import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'

/** A person of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findPersonIn(
  db: Pick<Tx, 'user'>,
  organizationId: string,
  userId: string,
): Promise<{ id: string; name: string }> {
  const person = isId(userId)
    ? await db.user.findFirst({ where: { id: userId, memberships: { some: { organizationId } } } })
    : null
  if (!person) throw notFound('There is no member with that id.')
  return person
}
