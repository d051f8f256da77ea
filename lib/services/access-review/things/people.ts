import { accessOf, accessWords, toRole } from '@/lib/trust/role'
import { removeMemberIn } from '../../people/remove-member'
import { signInFactsOf } from '../../people/sign-in-facts'
import { idsWhere, isoOrNull, readThings, type ThingReader, toSnapshot } from './thing-reader'

export const people: ThingReader = {
  async page({ db, organizationId }, at) {
    const select = { id: true, userId: true, createdAt: true } as const
    const { rows, next } = await readThings(at, {
      ...{ indexed: { organizationId }, order: ['createdAt', 'id'] },
      read: (where, page) => db.membership.findMany({ where, select, ...page }),
    })
    return { rows: rows.map(({ userId, createdAt }) => ({ id: userId, createdAt })), next }
  },

  count: ({ db, organizationId }, take) =>
    db.membership.count({ where: { organizationId }, orderBy: { createdAt: 'asc' }, take }),

  async snapshots({ db, now }, organizationId, ids) {
    const rows = await db.membership.findMany({
      where: { organizationId, userId: { in: [...ids] } },
      select: {
        ...{ userId: true, role: true },
        user: {
          select: {
            name: true,
            secondFactor: { select: { confirmedAt: true } },
            passkeys: { select: { id: true } },
          },
        },
      },
    })
    const facts = await signInFactsOf(
      db,
      { organizationId, now: now() },
      rows.map(({ userId }) => userId),
    )
    return new Map(
      rows.map(({ userId, role, user }) => {
        const factors = [
          ...(user.secondFactor?.confirmedAt ? ['codes'] : []),
          ...(user.passkeys.length > 0 ? ['passkeys'] : []),
        ]
        const { providers, lastSignInAt } = facts.get(userId) ?? { providers: [], lastSignInAt: null }
        const sentence = [
          mayOf(role),
          factors.length > 0 ? `Second factor: ${factors.join(', ')}` : 'No second factor',
          ...(providers.length > 0 ? [`Signs in by ${providers.join(', ')}`] : []),
        ].join('; ')
        const findings =
          factors.length > 0 ? [] : [{ id: 'no-second-factor', severity: 'medium', title: 'No second factor' }]
        const lastUsedAt = isoOrNull(lastSignInAt)
        return [userId, toSnapshot({ name: user.name, role, sentence, findings, lastUsedAt })]
      }),
    )
  },

  async unchanged(tx, organizationId, seen) {
    const where = { organizationId, userId: { in: [...seen.keys()] } }
    const rows = await tx.membership.findMany({ where, select: { userId: true, role: true } })
    return idsWhere(
      rows,
      seen,
      ({ userId }) => userId,
      ({ role }, then) => role === then.role,
    )
  },

  remove: (tx, ctx, id) => removeMemberIn(tx, ctx, id),
}

function mayOf(role: string): string {
  const accesses = accessOf(toRole(role))
  const changes = accesses.flatMap((access) => accessWords[access].does ?? [])
  if (accesses.length === 0) return 'Sees nothing'
  return changes.length === 0 ? 'Sees everything, changes nothing' : `Changes: ${changes.join('; ').toLowerCase()}`
}
