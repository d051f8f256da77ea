import { z } from 'zod'
import type { Check, Verdict } from '../engine/verdict'
import { RemoteUrl } from '../key-sources/jwks-url'
import { type ClaimRule, Lifetime } from '../policy'
import { roles } from '../role'
import { defineKind, type Opening, unresolvableUrl } from './kind'
import { outlines } from './outline'
import { exactAudience } from './published-rules'

/** An HTTP field name (RFC 9110 §5.1), or nothing. */
const HeaderName = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, 'A header name has letters, digits and hyphens.')

/** How people sign in through a sign-in trust, beside what the engine judges. */
export const SignInOptions = z.object({
  /** The owner, who may change it: the installation, or the organization. */
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

/** Clock skew and maximum token age of a new sign-in trust; ZITADEL has 3 s and one hour, fixed. */
export const signInLifetime = Lifetime.parse({ tokenAgeSecondsMax: 3600 })

/** The rules of a sign-in trust. A person is known by `sub`, so a token must have one: any text if no rule says more. */
export function withSubject(rules: readonly ClaimRule[]): ClaimRule[] {
  const isAsked = rules.some(({ path, whenAbsent }) => path === 'sub' && whenAbsent === 'refuse')
  return isAsked ? [...rules] : [...rules, anySubject]
}

const anySubject: ClaimRule = { path: 'sub', matcher: { kind: 'glob-any', values: ['*'] }, whenAbsent: 'refuse' }

/** The header in which a provider's gateway sends the token. */
export const tokenHeaderOf = ({ headerName }: Pick<SignInOptions, 'headerName'>) => headerName || 'Authorization'

/** So that lists of them can be filtered in memory. */
export const providersMax = 1_000

/** People sign in with a token that a gateway sends. */
export const signIn = defineKind({
  kind: 'sign-in',
  ...outlines['sign-in'],
  options: SignInOptions,
  isFoundByIssuer: false,
  countMax: {
    count: providersMax,
    reason: 'too_many_providers',
    message: `An organization has at most ${providersMax} providers that people sign in through. Remove one that is not used.`,
  },
  issuesTokens: false,
  audienceMatcher: 'equals-any',
  keySource: 'jwks-url',
  defaults: { keyUse: null, lifetime: signInLifetime, rules: withSubject([]) },
  publishedRules: (values) => [exactAudience(values)],
  toPublished: (options) => ({ zitadel: options }),
  standInOptions: SignInOptions.parse({ jwtEndpoint: unresolvableUrl, isOffered: false }),
  notFound: 'There is no provider with that id.',
  exists: { kind: 'conflict', reason: 'provider_exists', message: 'There is such a provider already.' },
  roleGiven: ({ role }) => role,
  decisive: ({ jwtEndpoint, headerName, isAutoCreation, role }) => ({ jwtEndpoint, headerName, isAutoCreation, role }),
  opens,
  toVerdict: toSignInVerdict,
})

/** The options that decide who can sign in, who is added or linked at a first sign-in, and with which role. */
function opens({ role, autoLinking, ...options }: SignInOptions): Record<string, Opening> {
  const { isOffered, isLinkingAllowed, isCreationAllowed, isAutoCreation, isAutoUpdate } = options
  return {
    'signIn.jwtEndpoint': options.jwtEndpoint,
    'signIn.headerName': tokenHeaderOf(options).toLowerCase(),
    'signIn.isOffered': isOffered,
    'signIn.isLinkingAllowed': isLinkingAllowed,
    'signIn.isCreationAllowed': isCreationAllowed,
    'signIn.isAutoCreation': isAutoCreation,
    'signIn.isAutoUpdate': isAutoUpdate,
    'signIn.autoLinking': autoLinking === 'unspecified' ? [] : [autoLinking],
    // The given role and all lower ones: each includes the next one's rights.
    'signIn.role': roles.slice(roles.indexOf(role)),
  }
}

/** The verdict on a token that signs a person in: no access token is issued, so it contains none. */
function toSignInVerdict(verdict: Verdict): Verdict {
  return { ...verdict, checks: verdict.checks.map(withoutAccessToken), grant: null }
}

function withoutAccessToken(check: Check): Check {
  if (check.id === 'grant' && check.status === 'pass') return { ...check, message: 'Its holder would be signed in.' }
  if (check.id !== 'ip') return check
  const { received: _, expected: __, ...rest } = check
  return { ...rest, status: 'skipped', message: 'Addresses are not asked for where people sign in.' }
}
