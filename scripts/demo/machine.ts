import type { z } from 'zod'
import type { JwtAuthInput } from '@/lib/apis/infisical/jwt-auth/wire'
import type { OidcAuthAttach } from '@/lib/apis/infisical/oidc-auth/wire'
import type { IdentityInput } from '@/lib/model/identity'
import type { TrustDraft } from '@/lib/trust/trust'
import type { DemoIssuer, DemoKey } from './issuer'
import type { Random } from './random'

/** Claims of a token; one that is undefined is left out. */
export type Claims = Record<string, unknown>

/** Something that now and then is wrong with a token of a machine. */
export type Mishap = {
  /** Share of this machine's logins. */
  chance: number
  /** Laid over the claims of a good token. */
  claims?: (now: number) => Claims
  /** Signed by a key that is not published. */
  stranger?: boolean
}

/** When a machine logs in. Hours are UTC. */
export type Rhythm =
  | { kind: 'office'; perWorkday: number; perRestDay: number }
  | { kind: 'every'; hours: number; minute: number }
  | { kind: 'nightly'; hour: number; times: number }

/** How a machine's tokens are judged, in the words of the API that attaches it. */
export type Attachment =
  | { method: 'jwt'; input: z.input<typeof JwtAuthInput>; lifetime?: z.input<typeof TrustDraft>['lifetime'] }
  | { method: 'oidc'; input: z.input<typeof OidcAuthAttach> }

/** A later change of how tokens are judged. */
export type Change = { daysAgo: number; by: 'admin' | 'member'; input: Partial<z.input<typeof JwtAuthInput>> }

/** One machine of the demo: what it is, whose tokens it brings, how they are judged, and what goes wrong. */
export type Machine = {
  identity: z.input<typeof IdentityInput>
  createdDaysAgo: number
  issuer: DemoIssuer
  /** The key that signs; the issuer's first if not said. */
  signsWith?: (daysAgo: number) => DemoKey
  attachment: Attachment
  changes?: Change[]
  rhythm: Rhythm
  /** From `iat` to `exp`; null = the token says neither. */
  lifeSeconds: number | null
  /** Beside iss, iat, exp and jti; of a login so many days ago. */
  claims: (random: Random, daysAgo: number) => Claims
  /** Its trust accepts no token that its issuer makes. */
  isDead?: true
  mishaps: Mishap[]
  ips: [string, ...string[]]
  userAgent: string
}

export const labels = (pairs: Record<string, string>) => Object.entries(pairs).map(([key, value]) => ({ key, value }))

/** The audience every careful trust of the demo asks for. */
export const audience = 'https://keybound.larkfield.example'
