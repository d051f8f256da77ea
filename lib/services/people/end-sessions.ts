import type { Tx } from '@/lib/db/client'

/**
 * Ends a person's sessions, and sign-ins of theirs that are accepted but not finished. Gives the number of sessions.
 * @param except the session that goes on
 */
export async function endSessions(tx: Tx, userId: string, except?: string): Promise<number> {
  await tx.signInIntent.deleteMany({ where: { userId, purpose: 'session', status: 'succeeded' } })
  const { count } = await tx.session.deleteMany({ where: { userId, ...(except ? { id: { not: except } } : {}) } })
  return count
}
