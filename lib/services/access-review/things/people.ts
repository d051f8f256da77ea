import { accessOf, accessWords, toRole } from '@/lib/trust/role'
import { readOffsetPage } from '../../offset-page'
import { removeMemberIn } from '../../people/remove-member'
import { signInFactsOf } from '../../people/sign-in-facts'
import { isoOrNull, type ThingReader, toSnapshot } from './thing-reader'

export const people: ThingReader = {
  async page({ db, organizationId }, at) {
    const select = { id: true, userId: true, createdAt: true } as const
    const { rows, next } = await readOffsetPage({
      ...{ ...at, offset: 0, compared: null, isCounted: false },
      ranges: [{ indexed: { organizationId }, order: ['createdAt', 'id'], direction: 'asc' as const }],
      read: (where, page) => db.membership.findMany({ where, select, ...page }),
      place: (where, page) => db.membership.findFirst({ where, select, ...page }),
      count: (where, page) => db.membership.count({ where, ...page }),
    })
    return { rows: rows.map(({ userId, createdAt }) => ({ id: userId, createdAt })), next }
  },

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

  remove: (tx, ctx, id) => removeMemberIn(tx, ctx, id),
}

function mayOf(role: string): string {
  const accesses = accessOf(toRole(role))
  const changes = accesses.flatMap((access) => accessWords[access].does ?? [])
  if (accesses.length === 0) return 'Sees nothing'
  return changes.length === 0 ? 'Sees everything, changes nothing' : `Changes: ${changes.join('; ').toLowerCase()}`
}
