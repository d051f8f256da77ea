import type { Tx } from '@/lib/db/client'
import { inParts } from '../in-parts'
import type { SessionMethod } from './start-session'

/**
 * Ends a person's sessions, and sign-ins of theirs that are accepted but not finished. Gives the number of sessions.
 * @param except the session that goes on
 */
export async function endSessions(tx: Tx, userId: string, except?: string): Promise<number> {
  await tx.signInIntent.deleteMany({ where: { userId, purpose: 'session', status: 'succeeded' } })
  const { count } = await tx.session.deleteMany({ where: { userId, ...(except ? { id: { not: except } } : {}) } })
  return count
}

/**
 * Ends the sessions of people that began through a provider, or of which that is not known. Gives the number of each who had some.
 * @param except the session that goes on
 */
export async function endProviderSessions(
  tx: Tx,
  userIds: readonly string[],
  except?: string,
): Promise<Map<string, number>> {
  const ended = new Map<string, number>()
  for (const part of inParts(userIds)) {
    const where = {
      ...{ userId: { in: part }, OR: [{ method: null }, { method: { notIn: withoutProvider } }] },
      ...(except ? { id: { not: except } } : {}),
    }
    const counts = await tx.session.groupBy({ by: ['userId'], where, _count: { _all: true } })
    for (const { userId, _count } of counts) ended.set(userId, _count._all)
    await tx.session.deleteMany({ where })
  }
  return ended
}

const withoutProvider: SessionMethod[] = ['password', 'password+code', 'passkey']
