import type { Db } from '@/lib/db/client'
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
  /** The holder of an access token issued by a trust without an identity; `id` and `name` are the trust's. */
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
  /** What this request has put on record so far, or that there was nothing to do; the route compares it with the operation's `records`. */
  recorded?: (Recorded | 'nothing done')[]
}
