import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { MemberInput } from '@/lib/model/person'
import { hashPassword } from '@/lib/passwords/hash-password'
import { isAbove, type Role, toRole } from '@/lib/trust/role'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing, manyRows } from '../in-organization'
import { readOffsetPage } from '../offset-page'
import type { Factors } from '../second-factor/factors'
import { cutLinksMadeBy } from '../sign-in/links-made'
import { providersOf, requireControl } from '../trust/control'
import { createPerson } from './create-person'
import { endSessions } from './end-sessions'
import { endTokensAbove } from './end-tokens-above'
import { endAllResetLinks, endResetLinks } from './password-reset'

export type Member = {
  id: string
  name: string
  email: string
  role: Role
  createdAt: Date
  /** Second factors that they have set up. */
  factors: Factors
}

export const MemberQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  /** Where the page begins: `next` of the page before. */
  cursor: z.string().max(2_000).optional(),
})

/** The organization's people, oldest members first. */
export async function listMembers(
  ctx: Context,
  query: z.input<typeof MemberQuery> = {},
): Promise<{ members: Member[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { rows, next } = await readOffsetPage({
    ...{ ...MemberQuery.parse(query), offset: 0, compared: null },
    ranges: [{ indexed: { organizationId }, order: ['createdAt', 'id'], direction: 'asc' as const }],
    read: (where, at) => ctx.db.membership.findMany({ where, include: memberUser, ...at }),
    place: (where, at) => ctx.db.membership.findFirst({ where, ...at }),
    count: (where, at) => ctx.db.membership.count({ where, ...at }),
  })
  return { members: rows.map(toMember), next }
}

/** One member. @throws AppError `not-found` */
export async function getMember(ctx: Context, userId: string): Promise<Member> {
  const { organizationId } = requireAccess(ctx, 'read')
  return findMemberIn(ctx.db, organizationId, userId)
}

/** Adds a person with an initial password, which the admin passes on. @throws AppError `invalid` (email taken) */
export async function addMember(ctx: Context, input: z.input<typeof MemberInput>): Promise<Member> {
  requireAccess(ctx, 'administer')
  const draft = MemberInput.parse(input)
  // Hashing takes long on purpose, so it is done before the transaction.
  const passwordHash = await hashPassword(draft.password, 'urgent')
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const user = await createPerson(tx, ctx, ctx.organizationId, { ...draft, passwordHash })
    await record(tx, ctx, {
      action: 'member.added',
      target: { kind: 'user', id: user.id, name: user.name },
      after: { name: user.name, email: user.email, role: draft.role },
    })
    return findMemberIn(tx, ctx.organizationId, user.id)
  })
}

/**
 * Changes a person's role. Raising it ends their sessions and reset links, so that a session prepared with the lower role does
 * not gain the higher one. Lowering it ends the access tokens for higher roles that they issued. A former admin may have kept
 * reset links of others, so all of these end. Lowering it also removes the links to other people's accounts that they made.
 * @param links whether those are cut
 * @param takeOver whether the actor answers for providers of theirs that were last changed by an actor below the new role
 * @throws AppError `not-found`, `rule` (the last admin, a provider is to be taken over first)
 */
export async function changeMemberRole(
  ctx: Context,
  userId: string,
  role: Role,
  { takeOver = false, links = true }: { takeOver?: boolean | undefined; links?: boolean | undefined } = {},
): Promise<Member> {
  const change = async (tx: Tx, ctx: Managing) => {
    const { organizationId } = ctx
    const before = await findMemberIn(tx, organizationId, userId)
    await tx.membership.update({ where: { organizationId_userId: { organizationId, userId } }, data: { role } })
    await requireAnAdmin(tx, organizationId)
    const isRaised = isAbove(role, before.role)
    if (isRaised) await requireControl(tx, ctx, { trusts: await providersOf(tx, userId), role, takeOver })
    const ended = isRaised ? { sessionsEnded: await endSessions(tx, userId) } : {}
    if (isRaised) await endResetLinks(tx, userId)
    else if (before.role === 'admin' && role !== 'admin') await endAllResetLinks(tx, organizationId)
    const isLowered = isAbove(before.role, role)
    const linksCut = isLowered && links ? await cutLinksMadeBy(tx, ctx, userId, `${before.name} is ${role} now`) : 0
    const tokensEnded = isLowered ? await endTokensAbove(tx, ctx, userId, role) : 0
    await record(tx, ctx, {
      action: 'member.role-changed',
      target: { kind: 'user', id: userId, name: before.name },
      before: { role: before.role },
      after: { role, ...ended, ...(tokensEnded > 0 ? { tokensEnded } : {}), ...(linksCut > 0 ? { linksCut } : {}) },
    })
    return { ...before, role }
  }
  return inOrganization(ctx, 'administer', change, manyRows)
}

/** A member, inside or outside a transaction. @throws AppError `not-found` */
export async function findMemberIn(
  tx: Pick<Tx, 'membership'>,
  organizationId: string,
  userId: string,
): Promise<Member> {
  const row = isId(userId)
    ? await tx.membership.findUnique({
        where: { organizationId_userId: { organizationId, userId } },
        include: memberUser,
      })
    : null
  if (!row) throw notFound('There is no member with that id.')
  return toMember(row)
}

/** Refuses to leave an organization without an admin. @throws AppError `rule` */
export async function requireAnAdmin(tx: Tx, organizationId: string) {
  if ((await tx.membership.count({ where: { organizationId, role: 'admin' } })) > 0) return
  throw new AppError('rule', 'This is the last admin. Make another person an admin first.', { reason: 'last_admin' })
}

/** Passkeys by their ids: counting them in the statement would read those of all people. */
const memberUser = {
  user: { include: { secondFactor: { select: { confirmedAt: true } }, passkeys: { select: { id: true } } } },
} as const

const toMember = (row: {
  role: string
  createdAt: Date
  user: {
    id: string
    name: string
    email: string
    secondFactor: { confirmedAt: Date | null } | null
    passkeys: { id: string }[]
  }
}): Member => ({
  id: row.user.id,
  name: row.user.name,
  email: row.user.email,
  role: toRole(row.role),
  createdAt: row.createdAt,
  factors: { code: row.user.secondFactor?.confirmedAt != null, passkey: row.user.passkeys.length > 0 },
})
