import { z } from 'zod'
import { accessOf, accessWords, type Role, toRole } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { readOffsetPage } from '../offset-page'
import type { Factors } from '../second-factor/factors'
import { type SignInFacts, signInFactsOf } from './sign-in-facts'

export const PeopleAccessQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** Where the page begins: `next` of the page before. */
  cursor: z.string().max(2_000).optional(),
})

/** What a person may do here, and how they get in. */
export type PersonAccess = SignInFacts & {
  id: string
  name: string
  email: string
  role: Role
  /** What their role lets them see and change, in words; nothing for one without rights. */
  sees: string[]
  changes: string[]
  factors: Factors
  /** Whether they have a password. */
  hasPassword: boolean
}

/** The organization's people and what they may see and do, oldest members first. */
export async function listPeopleAccess(
  ctx: Context,
  query: z.input<typeof PeopleAccessQuery> = {},
): Promise<{ people: PersonAccess[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { rows, next } = await readOffsetPage({
    ...{ ...PeopleAccessQuery.parse(query), offset: 0, compared: null, isCounted: false },
    ranges: [{ indexed: { organizationId }, order: ['createdAt', 'id'], direction: 'asc' as const }],
    read: (where, at) => ctx.db.membership.findMany({ where, select, ...at }),
    place: (where, at) => ctx.db.membership.findFirst({ where, ...at }),
    count: (where, at) => ctx.db.membership.count({ where, ...at }),
  })
  const ids = rows.map(({ userId }) => userId)
  const facts = await signInFactsOf(ctx.db, { organizationId, now: ctx.now() }, ids)
  return {
    people: rows.map(({ userId: id, role: stored, user }) => {
      const role = toRole(stored)
      const words = accessOf(role).map((access) => accessWords[access])
      return {
        ...{ id, name: user.name, email: user.email, role },
        sees: words.flatMap(({ sees }) => sees ?? []),
        changes: words.flatMap(({ does }) => does ?? []),
        factors: { code: user.secondFactor?.confirmedAt != null, passkey: user.passkeys.length > 0 },
        hasPassword: user.accounts.some(({ providerId }) => providerId === 'credential'),
        ...(facts.get(id) ?? { lastSignInAt: null, sessions: 0, providers: [] }),
      }
    }),
    next,
  }
}

const select = {
  ...{ id: true, userId: true, role: true, createdAt: true },
  user: {
    select: {
      ...{ name: true, email: true, secondFactor: { select: { confirmedAt: true } } },
      passkeys: { select: { id: true } },
      accounts: { select: { providerId: true } },
    },
  },
} as const
