import type { z } from 'zod'
import { jsonText } from '@/lib/trust/json-text'
import {
  type SignInOptions,
  signInApi,
  signInLifetime,
  signInOptionsOf,
  withSubject,
} from '@/lib/trust/sign-in-options'
import type { ClaimRule, Trust, TrustDraft } from '@/lib/trust/trust'
import { type Details, enumNumber } from '../protocol'
import { withoutDefaults } from '../protojson'
import {
  type AddJwtIdp,
  autoLinkings,
  type IdpAnswer,
  type JwtConfig,
  type JwtProvider,
  type ProviderAnswer,
  type Scope,
  stylingTypes,
  type UpdateIdp,
  type V2IdpAnswer,
} from './wire'

type Draft = z.input<typeof TrustDraft>

/** All that this API knows of a trust, whichever generation of it asks. */
export type Idp = { name: string; issuer: string; keysEndpoint: string; audience: string; options: SignInOptions }

/** What a legacy provider allows beside `autoRegister`, as the template endpoints show it. */
const legacyOptions = {
  isLinkingAllowed: true,
  isCreationAllowed: true,
  isAutoUpdate: false,
  autoLinking: 'unspecified' as const,
  role: 'no-access' as const,
}

export const ownerOf = (scope: Scope) => (scope === 'admin' ? ('system' as const) : ('organization' as const))

export const fromAddJwtIdp = (scope: Scope, sent: AddJwtIdp): Idp => ({
  name: sent.name,
  issuer: sent.issuer,
  keysEndpoint: sent.keysEndpoint,
  audience: '',
  options: {
    ...legacyOptions,
    owner: ownerOf(scope),
    isOffered: true,
    jwtEndpoint: sent.jwtEndpoint,
    headerName: sent.headerName,
    styling: toStyling(sent.stylingType),
    isAutoCreation: sent.autoRegister,
  },
})

export const fromAddJwtProvider = (scope: Scope, sent: JwtProvider): Idp => ({
  ...providerFields(sent),
  audience: sent.audience?.trim() ?? '',
  options: {
    owner: ownerOf(scope),
    isOffered: true,
    styling: 'unspecified',
    role: 'no-access',
    ...providerOptions(sent),
  },
})

export const withIdp = (idp: Idp, sent: UpdateIdp): Idp => ({
  ...idp,
  name: sent.name,
  options: { ...idp.options, styling: toStyling(sent.stylingType), isAutoCreation: sent.autoRegister },
})

/** The seed's four fields; everything else, the audience too, is kept. */
export const withJwtConfig = (idp: Idp, sent: JwtConfig): Idp => ({
  ...idp,
  issuer: sent.issuer,
  keysEndpoint: sent.keysEndpoint,
  options: { ...idp.options, jwtEndpoint: sent.jwtEndpoint, headerName: sent.headerName },
})

export const withProvider = (idp: Idp, sent: JwtProvider): Idp => ({
  ...providerFields(sent),
  audience: sent.audience?.trim() ?? idp.audience,
  options: { ...idp.options, ...providerOptions(sent) },
})

export const isSame = (one: Idp, other: Idp) => jsonText(one) === jsonText(other)

/** A trust as this API knows it, or null when it has no words for it. */
export function toIdp(trust: Trust): Idp | null {
  const options = signInOptionsOf(trust)
  const [source] = trust.keys
  const audiences = trust.rules.filter(({ path }) => path === 'aud')
  const audience = audiences.length === 0 ? '' : audienceOf(audiences)
  if (!options || audience === null || trust.issuer === null) return null
  if (trust.keys.length !== 1 || source?.kind !== 'jwks-url') return null
  return { name: trust.name, issuer: trust.issuer, keysEndpoint: source.url, audience, options }
}

/** The trust an idp is. What this API has no words for is kept from `before`. */
export function toDraft(idp: Idp, before: Trust | null): Draft {
  const [source] = before?.keys ?? []
  const caCert = source?.kind === 'jwks-url' ? source.caCert : ''
  const others = before ? before.rules.filter(({ path }) => path !== 'aud') : withSubject([])
  return {
    ...(before ?? { lifetime: signInLifetime }),
    method: 'sign-in',
    name: idp.name,
    issuer: idp.issuer,
    keys: [{ kind: 'jwks-url', url: idp.keysEndpoint, caCert }],
    rules: [...(idp.audience ? [audienceRule(idp.audience)] : []), ...others],
    foreign: { ...before?.foreign, [signInApi]: idp.options },
  }
}

export const toDetails = (trust: Trust): Details => ({
  sequence: trust.sequence ?? '0',
  creationDate: trust.createdAt.toISOString(),
  changeDate: trust.updatedAt.toISOString(),
  resourceOwner: trust.organizationId,
})

/** The legacy shape. */
export function toLegacy(trust: Trust): IdpAnswer | null {
  const idp = toIdp(trust)
  if (!idp) return null
  const { owner, styling, isAutoCreation } = idp.options
  return {
    ...head(trust),
    ...withoutDefaults({ stylingType: stylingTypes[styling === 'google' ? 1 : 0] }),
    owner: ownerType(owner),
    jwtConfig: toJwtConfig(idp),
    ...withoutDefaults({ autoRegister: isAutoCreation }),
  }
}

/** The template shape. */
export function toProvider(trust: Trust): ProviderAnswer | null {
  const idp = toIdp(trust)
  if (!idp) return null
  return { ...head(trust), owner: ownerType(idp.options.owner), type: 'PROVIDER_TYPE_JWT', config: toConfig(idp) }
}

/** The shape of the second version of the API. */
export function toV2(trust: Trust): V2IdpAnswer | null {
  const idp = toIdp(trust)
  return idp && { ...head(trust), type: 'IDP_TYPE_JWT', config: toConfig(idp) }
}

const head = (trust: Trust) => ({
  id: trust.id,
  details: toDetails(trust),
  state: trust.enabled ? ('IDP_STATE_ACTIVE' as const) : ('IDP_STATE_INACTIVE' as const),
  name: trust.name,
})

const toJwtConfig = ({ issuer, keysEndpoint, audience, options: { jwtEndpoint, headerName } }: Idp) => ({
  jwtEndpoint,
  issuer,
  keysEndpoint,
  ...withoutDefaults({ headerName, audience }),
})

const toConfig = (idp: Idp) => {
  const { isLinkingAllowed, isCreationAllowed, isAutoCreation, isAutoUpdate, autoLinking } = idp.options
  const linking = autoLinkings[linkings.indexOf(autoLinking)]
  return {
    options: withoutDefaults({
      isLinkingAllowed,
      isCreationAllowed,
      isAutoCreation,
      isAutoUpdate,
      autoLinking: linking,
    }),
    jwt: toJwtConfig(idp),
  }
}

const linkings = ['unspecified', 'username', 'email'] as const

const ownerType = (owner: SignInOptions['owner']) =>
  owner === 'system' ? ('IDP_OWNER_TYPE_SYSTEM' as const) : ('IDP_OWNER_TYPE_ORG' as const)

const toStyling = (sent: string | number) => (enumNumber(stylingTypes, sent) === 1 ? 'google' : 'unspecified')

const providerFields = (sent: JwtProvider) => ({
  name: sent.name.trim(),
  issuer: sent.issuer.trim(),
  keysEndpoint: sent.keysEndpoint.trim(),
})

const providerOptions = ({ jwtEndpoint, headerName, providerOptions: sent }: JwtProvider) => ({
  jwtEndpoint: jwtEndpoint.trim(),
  headerName: headerName.trim(),
  isLinkingAllowed: sent.isLinkingAllowed,
  isCreationAllowed: sent.isCreationAllowed,
  isAutoCreation: sent.isAutoCreation,
  isAutoUpdate: sent.isAutoUpdate,
  autoLinking: linkings[enumNumber(autoLinkings, sent.autoLinking)] ?? ('unspecified' as const),
})

const audienceRule = (audience: string): ClaimRule => ({
  path: 'aud',
  matcher: { kind: 'equals-any', values: [audience] },
  whenAbsent: 'refuse',
})

/** The one audience this API can name; null for anything richer. */
function audienceOf(rules: readonly ClaimRule[]): string | null {
  const [rule] = rules
  if (rules.length !== 1 || rule?.matcher.kind !== 'equals-any' || rule.whenAbsent !== 'refuse') return null
  const [audience, ...more] = rule.matcher.values
  return more.length === 0 && audience ? audience : null
}
