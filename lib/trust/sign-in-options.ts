import { z } from 'zod'
import { RemoteUrl } from './key-sources/jwks-url'
import { roles } from './role'

/** Under which name a sign-in trust keeps these in its `foreign`. */
export const signInApi = 'zitadel'

/** An HTTP field name (RFC 9110 §5.1), or nothing. */
const HeaderName = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]*$/, 'A header name has letters, digits and hyphens.')

/** How people sign in through a sign-in trust, beside what the engine judges. */
export const SignInOptions = z.object({
  /** Who may change it: the installation, or the organization. */
  owner: z.enum(['system', 'organization']).default('system'),
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

/** The header a provider's token arrives in. */
export const tokenHeaderOf = ({ headerName }: SignInOptions) => headerName || 'Authorization'
