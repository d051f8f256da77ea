import { z } from 'zod'
import { RemoteUrl } from './key-sources/jwks-url'
import { roles } from './role'
import { type ClaimRule, clockSkewSecondsUsual, type Lifetime, type Trust } from './trust'

/** Under which name a sign-in trust keeps these in its `foreign`. */
export const signInApi = 'zitadel'

/** An HTTP field name (RFC 9110 §5.1), or nothing. */
const HeaderName = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, 'A header name has letters, digits and hyphens.')

/** How people sign in through a sign-in trust, beside what the engine judges. */
export const SignInOptions = z.object({
  /** Who may change it: the installation, or the organization. */
  owner: z.enum(['system', 'organization']).default('system'),
  /** Whether people sign in here through it. If not, only other applications use it (intents). */
  isOffered: z.boolean().default(true),
  /** Where the browser is sent: a page of the gateway that knows the person. */
  jwtEndpoint: RemoteUrl,
  /** The header in which the gateway hands the token over; `''` = Authorization. */
  headerName: HeaderName.default(''),
  styling: z.enum(['unspecified', 'google']).default('unspecified'),
  isLinkingAllowed: z.boolean().default(false),
  isCreationAllowed: z.boolean().default(false),
  /** Whether a person who comes for the first time is added. */
  isAutoCreation: z.boolean().default(false),
  /** Whether the name is taken over from the token at every sign-in. */
  isAutoUpdate: z.boolean().default(false),
  autoLinking: z.enum(['unspecified', 'username', 'email']).default('unspecified'),
  /** The role of a person who is added. Only an admin sets it. */
  role: z.enum(roles).default('no-access'),
})
export type SignInOptions = z.output<typeof SignInOptions>

/** The options of a sign-in trust; null for a trust that is none. */
export function signInOptionsOf(trust: { method: string; foreign: Record<string, unknown> }): SignInOptions | null {
  if (trust.method !== 'sign-in') return null
  return SignInOptions.safeParse(trust.foreign[signInApi]).data ?? null
}

/** The options of a trust that people sign in here through now; null for any other. */
export function openSignInOf(trust: Pick<Trust, 'method' | 'enabled' | 'foreign'>): SignInOptions | null {
  const options = signInOptionsOf(trust)
  return trust.enabled && options?.isOffered ? options : null
}

/** How far clocks may differ and how old a token may be, where nothing else is said; ZITADEL has 3 s and an hour, fixed. */
export const signInLifetime: Lifetime = {
  clockSkewSeconds: clockSkewSecondsUsual,
  expirySkewSeconds: 0,
  requireExpiry: true,
  tokenAgeSecondsMax: 3600,
}

/** The rules of a sign-in trust: a person is told by `sub`, so there must be one, any text if nothing more is asked of it. */
export function withSubject(rules: readonly ClaimRule[]): ClaimRule[] {
  const isAsked = rules.some(({ path, whenAbsent }) => path === 'sub' && whenAbsent === 'refuse')
  return isAsked ? [...rules] : [...rules, anySubject]
}

const anySubject: ClaimRule = { path: 'sub', matcher: { kind: 'glob-any', values: ['*'] }, whenAbsent: 'refuse' }

/** The header a provider's token arrives in. */
export const tokenHeaderOf = ({ headerName }: SignInOptions) => headerName || 'Authorization'
