import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { isTaken } from '@/lib/db/transaction'
import { invalidField } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { MemberInput } from '@/lib/model/person'
import type { Context } from '../context'

/** A person with a password and a role, as better-auth's own tables want them. @throws AppError `invalid` (email taken) */
export async function createPerson(
  tx: Tx,
  ctx: Context,
  organizationId: string,
  person: Pick<z.output<typeof MemberInput>, 'email' | 'name' | 'role'> & { passwordHash: string },
) {
  const now = ctx.now()
  const user = await tx.user
    .create({ data: { id: newId(), name: person.name, email: person.email, createdAt: now } })
    .catch((error) => {
      throw isTaken(error)
        ? invalidField(['email'], 'A person with this email address already exists.', 'taken')
        : error
    })
  await tx.account.create({
    data: {
      id: newId(),
      accountId: user.id,
      providerId: 'credential',
      userId: user.id,
      password: person.passwordHash,
      createdAt: now,
    },
  })
  await tx.membership.create({
    data: { id: newId(), userId: user.id, organizationId, role: person.role, createdAt: now },
  })
  return { id: user.id, name: user.name, email: user.email }
}
