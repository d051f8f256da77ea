import type { Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { KeyCache } from '@/lib/net/key-cache'
import type { Role } from '@/lib/trust/role'
import type { Recorded } from './audit/actions'
import type { KeySourceRecorder } from './key-source/key-source-recorder'

/** The actor of a request. */
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
  /** The holder of an access token issued by a trust without an identity; `id` and `name` are the trust's. */
  | { kind: 'issuer'; id: string; name: string; role: 'no-access'; accessTokenId: string }
  | { kind: 'anonymous' }
  | { kind: 'system'; name: string }

/** Everything that a verb gets from outside: actor, clock, caller's address, database, keys. */
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
  /** The operation that was called: "POST /api/v1/auth/token/renew". */
  via?: string
  actor: Actor
  /** The organization the actor acts in; null for anonymous. */
  organizationId: string | null
  /** Records of this request so far, or that there was nothing to do; the route compares it with the operation's `records`. */
  recorded?: (Recorded | 'nothing done')[]
}

/** Who acts, when, and in which request: what an audit entry says of it. */
export type Acting = Omit<Context, 'db' | 'keys' | 'keySourceRecorder'>

/** Keybound itself as an actor, outside any request. @param name which part of it, for the audit */
export const systemActing = (name: string, now: Date): Acting => ({
  now: () => now,
  requestId: newRequestId(),
  ip: null,
  userAgent: null,
  actor: { kind: 'system', name },
  organizationId: null,
})
