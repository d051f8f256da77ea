import type { Db } from '@/lib/db/client'
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

/** How each of these people gets in, by their ids. */
export async function signInFactsOf(
  db: Db,
  { organizationId, now }: { organizationId: string; now: Date },
  userIds: readonly string[],
): Promise<Map<string, SignInFacts>> {
  const facts = new Map<string, SignInFacts>()
  for (const userId of userIds) {
    const [last, live, links] = await Promise.all([
      db.session.findFirst({ where: { userId }, orderBy: newestSession, select: { createdAt: true } }),
      db.session.findMany({
        where: { userId, expiresAt: liveFor(now, sessionSeconds) },
        orderBy: newestSession,
        take: sessionsMax,
        select: { id: true },
      }),
      db.userLink.findMany({
        where: { userId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: linksMax,
        select: { trust: { select: { name: true } } },
      }),
    ])
    facts.set(userId, {
      lastSignInAt: last?.createdAt ?? (await lastOnRecord(db, organizationId, userId)),
      sessions: live.length,
      providers: [...new Set(links.map(({ trust }) => trust.name))],
    })
  }
  return facts
}

const newestSession = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]

async function lastOnRecord(db: Db, organizationId: string, targetId: string): Promise<Date | null> {
  const entries = await db.auditEntry.findMany({
    where: { organizationId, targetId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: entriesMax,
    select: { at: true, action: true },
  })
  return entries.find(({ action }) => action === 'session.started')?.at ?? null
}
