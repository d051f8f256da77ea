import type { Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { liveFor } from '../live-for'
import { findPersonIn } from '../sign-in/find-person'
import { sessionSeconds } from './auth'
import { endSessions } from './end-sessions'
import { requirePerson } from './require-person'

/** A session as it is listed; never its secret. */
export type ListedSession = {
  id: string
  /** Whether it is the one that asks. */
  isCurrent: boolean
  /** password, provider or passkey, with `+code` after a second step; null where it is not known. */
  method: string | null
  ip: string | null
  userAgent: string | null
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date
}

/** The actor's own sessions, the newest first. @throws AppError `unauthenticated` */
export async function listOwnSessions(ctx: Context): Promise<ListedSession[]> {
  return sessionsOf(ctx, requirePerson(ctx).id)
}

/** A member's sessions, the newest first. @throws AppError `not-found` */
export async function listMemberSessions(ctx: Context, userId: string): Promise<ListedSession[]> {
  const { organizationId } = requireAccess(ctx, 'administer')
  return sessionsOf(ctx, (await findPersonIn(ctx.db, organizationId, userId)).id)
}

/** Ends one of the actor's own sessions. @throws AppError `not-found`, `unauthenticated` */
export async function endOwnSession(ctx: Context, sessionId: string): Promise<void> {
  const person = requirePerson(ctx)
  await inTransaction(ctx, async (tx) => {
    const where = { id: sessionId, userId: person.id }
    const { count } = isId(sessionId) ? await tx.session.deleteMany({ where }) : { count: 0 }
    if (count === 0) throw notFound('You have no such session.')
    await recordEnd(tx, ctx, person, { sessionId })
  })
}

/** Ends one session of a member. @throws AppError `not-found` */
export async function endMemberSession(ctx: Context, userId: string, sessionId: string): Promise<void> {
  await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const person = await findPersonIn(tx, ctx.organizationId, userId)
    const where = { id: sessionId, userId: person.id }
    const { count } = isId(sessionId) ? await tx.session.deleteMany({ where }) : { count: 0 }
    if (count === 0) throw notFound('This person has no such session.')
    await recordEnd(tx, ctx, person, { sessionId })
  })
}

/** Ends every session of a member; gives their number. @throws AppError `not-found` */
export async function endMemberSessions(ctx: Context, userId: string): Promise<number> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const person = await findPersonIn(tx, ctx.organizationId, userId)
    const sessionsEnded = await endSessions(tx, person.id)
    if (sessionsEnded === 0) recordNothing(ctx)
    else await recordEnd(tx, ctx, person, { sessionsEnded })
    return sessionsEnded
  })
}

const recordEnd = (tx: Tx, ctx: Context, { id, name }: { id: string; name: string }, after: object) =>
  record(tx, ctx, { action: 'session.ended', target: { kind: 'user', id, name }, after })

async function sessionsOf(ctx: Context, userId: string): Promise<ListedSession[]> {
  const rows = await ctx.db.session.findMany({
    where: { userId, expiresAt: liveFor(ctx.now(), sessionSeconds) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
  })
  const own = ctx.actor.kind === 'user' ? ctx.actor.sessionId : null
  return rows.map(({ id, method, ipAddress, userAgent, createdAt, lastUsedAt, expiresAt }) => ({
    ...{ id, isCurrent: id === own, method, ip: ipAddress, userAgent, createdAt, lastUsedAt, expiresAt },
  }))
}
