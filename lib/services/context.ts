import type { Db, Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import type { KeyCache } from '@/lib/net/key-cache'
import type { Role } from '@/lib/trust/role'
import type { Recorded } from './audit/actions'
import type { KeySourceRecorder } from './key-source/key-source-recorder'

/** Who acts. */
export type Actor =
  | {
      kind: 'user'
      id: string
      name: string
      role: Role
      sessionId: string
      /** Whether the organization requires a second factor and this person has none: then they may only set one up. */
      lacksSecondFactor?: boolean
    }
  | { kind: 'identity'; id: string; name: string; role: Role; accessTokenId: string }
  /** Whoever holds an access token bought through a trust that stands alone; `id` and `name` are the trust's. */
  | { kind: 'issuer'; id: string; name: string; role: 'no-access'; accessTokenId: string }
  | { kind: 'anonymous' }
  | { kind: 'system'; name: string }

/** What a verb needs from outside: actor, clock, caller's address, database, keys. */
export type Context = {
  db: Db
  keys: KeyCache
  /** Records fetches and uses of key sources in the background. */
  keySourceRecorder: KeySourceRecorder
  now: () => Date
  /** `req-…`; the id of the decision, if this request makes one. */
  requestId: string
  /** The caller's address as the server believes it; never a header the caller chose. */
  ip: string | null
  userAgent: string | null
  actor: Actor
  /** The organization the actor acts in; null for anonymous. */
  organizationId: string | null
  /** What this request has put on record so far, or that there was nothing to do; whoever answers it compares. */
  recorded?: (Recorded | 'nothing done')[]
}

/**
 * Runs an act in one transaction: all of it is durable, or none of it happened. A transaction that lost a race for the
 * database is tried again, so `act` must have no effect but through `tx`.
 * @throws AppError `not-found` when something that `act` builds on was removed after it was read
 */
export async function inTransaction<T>(ctx: Pick<Context, 'db'>, act: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.$transaction(act, { maxWait: 10_000, timeout: 15_000 })
    } catch (error) {
      if (wasRemoved(error)) throw notFound('It was removed while you were at it.')
      if (attempt >= 5 || !lostTheRace(error)) throw error
    }
  }
}

/** Prisma's P2034: a write conflict or deadlock; nothing was written. */
const lostTheRace = (error: unknown) => codeOf(error) === 'P2034'

/** Prisma's P2003 and P2025: the row that is pointed to, or that is to be changed, is not there. */
const wasRemoved = (error: unknown) => codeOf(error) === 'P2003' || codeOf(error) === 'P2025'

/** Whether a write failed because a unique value is taken (Prisma's P2002). */
export const isTaken = (error: unknown) => codeOf(error) === 'P2002'

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
