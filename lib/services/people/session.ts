import { databaseProblemOf } from '@/lib/db/database-problem'
import { inTransaction } from '@/lib/db/transaction'
import { toRole } from '@/lib/trust/role'
import { record, recordNothing } from '../audit/record'
import type { Actor, Context } from '../context'
import { liveFor } from '../live-for'
import { factorsOf, hasFactor } from '../second-factor/factors'
import { authOn, sessionSeconds } from './auth'

/**
 * Returns the person of a session cookie, with the role as it is now; null when there is no such session, or no longer.
 * @throws what the database throws: that it cannot be asked does not mean that the person is signed out
 */
export async function findSessionActor(
  ctx: Context,
  headers: Headers,
): Promise<{ actor: Actor; organizationId: string } | null> {
  const token = await authOn(ctx.db).api.sessionSecret({ headers })
  if (token === null) return null
  const session = await ctx.db.session.findFirst({
    where: { token, expiresAt: liveFor(ctx.now(), sessionSeconds) },
    select: { id: true, lastUsedAt: true, user: { select: { id: true, name: true, memberships } } },
  })
  const membership = session?.user.memberships[0]
  if (!session || !membership) return null
  const { id, name } = session.user
  const { organizationId, organization } = membership
  const lacksSecondFactor = organization.requiresSecondFactor && !hasFactor(await factorsOf(ctx.db, id))
  await noteUse(ctx, session)
  const actor: Actor = { kind: 'user', id, name, role: toRole(membership.role), sessionId: session.id }
  return { organizationId, actor: lacksSecondFactor ? { ...actor, lacksSecondFactor } : actor }
}

const memberships = {
  orderBy: { createdAt: 'asc' },
  take: 1,
  select: { organizationId: true, role: true, organization: { select: { requiresSecondFactor: true } } },
} as const

/** How far behind "last used" may be, so that reading does not always write. */
const lastUsedStaleMs = 5 * 60_000

async function noteUse(ctx: Context, { id, lastUsedAt }: { id: string; lastUsedAt: Date | null }) {
  const stale = new Date(ctx.now().getTime() - lastUsedStaleMs)
  if (lastUsedAt !== null && lastUsedAt >= stale) return
  const where = { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] }
  // What is only shown must not keep anyone from reading while nothing can be written.
  await ctx.db.session.updateMany({ where, data: { lastUsedAt: ctx.now() } }).catch((error) => {
    if (!databaseProblemOf(error)) throw error
  })
}

/** Ends the actor's session. Gives the cookies that forget it. */
export async function signOut(ctx: Context, headers: Headers): Promise<{ cookies: string[] }> {
  const { actor } = ctx
  if (actor.kind !== 'user') {
    recordNothing(ctx)
    return { cookies: [] }
  }
  return inTransaction(ctx, async (tx) => {
    const answer = await authOn(tx).api.signOut({ headers, asResponse: true })
    // Deleted by id as well: the end of a session must not depend on how a cookie is read.
    await tx.session.deleteMany({ where: { id: actor.sessionId } })
    await record(tx, ctx, { action: 'session.ended', target: { kind: 'user', id: actor.id, name: actor.name } })
    return { cookies: answer.headers.getSetCookie() }
  })
}

/** The signed-in person and their organization, for the dashboard's frame; null for machines and anonymous requests. */
export async function describeSession(ctx: Context) {
  if (ctx.actor.kind !== 'user' || ctx.organizationId === null) return null
  const [user, organization] = await Promise.all([
    ctx.db.user.findUniqueOrThrow({ where: { id: ctx.actor.id } }),
    ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } }),
  ])
  return {
    user: { id: user.id, name: user.name, email: user.email },
    role: ctx.actor.role,
    mustSetUpSecondFactor: ctx.actor.lacksSecondFactor ?? false,
    organization: { id: organization.id, name: organization.name, slug: organization.slug },
  }
}
