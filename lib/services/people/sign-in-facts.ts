import type { Db } from '@/lib/db/client'
import { countSessions, firstProviders, newestSessions, signInsOnRecord } from '@/lib/db/people-sign-ins'
import { liveFor } from '../live-for'
import { sessionSeconds } from './auth'

/** Sessions and links of a person that are counted, and entries of the audit that are looked through for the last sign-in. */
const [sessionsMax, linksMax, entriesMax] = [100, 20, 100]

/** How a person gets in. */
export type SignInFacts = {
  /** When they began their last session; null where neither a session nor the newest entries of the audit about them say. */
  lastSignInAt: Date | null
  /** Live sessions, counted up to 100. */
  sessions: number
  /** Names of the providers that they are linked to: the first twenty links. */
  providers: string[]
}

/** How each of these people gets in, by their ids. The statements do not grow in number with the people. */
export async function signInFactsOf(
  db: Db,
  { organizationId, now }: { organizationId: string; now: Date },
  userIds: readonly string[],
): Promise<Map<string, SignInFacts>> {
  const [begun, live, providers] = await Promise.all([
    newestSessions(db, userIds),
    countSessions(db, userIds, liveFor(now, sessionSeconds), sessionsMax),
    firstProviders(db, userIds, linksMax),
  ])
  const withoutSession = userIds.filter((userId) => !begun.has(userId))
  const onRecord = await signInsOnRecord(db, organizationId, withoutSession, entriesMax)
  return new Map(
    userIds.map((userId) => [
      userId,
      {
        lastSignInAt: begun.get(userId) ?? onRecord.get(userId) ?? null,
        sessions: live.get(userId) ?? 0,
        providers: [...new Set(providers.get(userId))],
      },
    ]),
  )
}
