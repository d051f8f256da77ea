import { toRole } from '@/lib/trust/role'
import { record, recordNothing } from '../audit/record'
import { type Actor, type Context, inTransaction } from '../context'
import { authOn } from './auth'

/** Who a session cookie stands for, with the role as it is now; null when it counts no more. */
export async function findSessionActor(
  ctx: Context,
  headers: Headers,
): Promise<{ actor: Actor; organizationId: string } | null> {
  const session = await authOn(ctx.db)
    .api.getSession({ headers })
    .catch(() => null)
  if (!session) return null
  const membership = await ctx.db.membership.findFirst({
    where: { userId: session.user.id },
    orderBy: { createdAt: 'asc' },
  })
  if (!membership) return null
  await noteUse(ctx, session.session.id)
  return {
    organizationId: membership.organizationId,
    actor: {
      kind: 'user',
      id: session.user.id,
      name: session.user.name,
      role: toRole(membership.role),
      sessionId: session.session.id,
    },
  }
}

/** How far behind "last used" may be, so that reading does not always write. */
const lastUsedStaleMs = 5 * 60_000

async function noteUse(ctx: Context, id: string) {
  const stale = new Date(ctx.now().getTime() - lastUsedStaleMs)
  const where = { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] }
  if (await ctx.db.session.findFirst({ where, select: { id: true } })) {
    await ctx.db.session.updateMany({ where, data: { lastUsedAt: ctx.now() } })
  }
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

/** The signed-in person and their organization, for the dashboard's frame; null for machines and nobody. */
export async function describeSession(ctx: Context) {
  if (ctx.actor.kind !== 'user' || ctx.organizationId === null) return null
  const [user, organization] = await Promise.all([
    ctx.db.user.findUniqueOrThrow({ where: { id: ctx.actor.id } }),
    ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.organizationId } }),
  ])
  return {
    user: { id: user.id, name: user.name, email: user.email },
    role: ctx.actor.role,
    organization: { id: organization.id, name: organization.name, slug: organization.slug },
  }
}
