import type { Tx } from '@/lib/db/client'
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
 * Ends a person's sessions that began through a provider, or of which that is not known. Gives their number.
 * @param except the session that goes on
 */
export async function endProviderSessions(tx: Tx, userId: string, except?: string): Promise<number> {
  const { count } = await tx.session.deleteMany({
    where: {
      ...{ userId, OR: [{ method: null }, { method: { notIn: withoutProvider } }] },
      ...(except ? { id: { not: except } } : {}),
    },
  })
  return count
}

const withoutProvider: SessionMethod[] = ['password', 'password+code', 'passkey']
