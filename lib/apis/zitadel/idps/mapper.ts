import type { z } from 'zod'
import { signIn } from '@/lib/trust/kinds'
import { type SignInOptions, signInLifetime, withSubject } from '@/lib/trust/kinds/sign-in'
import type { ClaimRule } from '@/lib/trust/policy'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import type { Details } from '../protocol'
import { withoutDefaults } from '../protojson'
import { type Idp, linkings } from './idp'
import { autoLinkings, type IdpAnswer, type ProviderAnswer, stylingTypes, type V2IdpAnswer } from './wire'

type Draft = z.input<typeof TrustDraft>

/** Returns a trust as this API has it, or null when it cannot represent it. */
export function toIdp(trust: Trust): Idp | null {
  if (!signIn.is(trust)) return null
  const { options } = trust
  const [source] = trust.keys
  const audiences = trust.rules.filter(({ path }) => path === 'aud')
  const audience = audiences.length === 0 ? '' : audienceOf(audiences)
  if (audience === null || trust.issuer === null) return null
  if (trust.keys.length !== 1 || source?.kind !== 'jwks-url') return null
  return { name: trust.name, issuer: trust.issuer, keysEndpoint: source.url, audience, options }
}

/** Returns the draft of an idp. What this API cannot represent is kept from `before`. */
export function toDraft(idp: Idp, before: Trust | null): Draft {
  const [source] = before?.keys ?? []
  const kept = source?.kind === 'jwks-url' ? source : { kind: 'jwks-url' as const }
  const others = before ? before.rules.filter(({ path }) => path !== 'aud') : withSubject([])
  return {
    ...(before ?? { lifetime: signInLifetime }),
    kind: signIn.kind,
    name: idp.name,
    issuer: idp.issuer,
    keys: [{ ...kept, url: idp.keysEndpoint }],
    rules: [...(idp.audience ? [audienceRule(idp.audience)] : []), ...others],
    options: idp.options,
  }
}

type Changed = Pick<Trust, 'sequence' | 'createdAt' | 'updatedAt' | 'organizationId'>

export const toDetails = (trust: Changed): Details => ({
  sequence: trust.sequence ?? '0',
  creationDate: trust.createdAt.toISOString(),
  changeDate: trust.updatedAt.toISOString(),
  resourceOwner: trust.organizationId,
})

/** Legacy wire form. */
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

/** Template wire form. */
export function toProvider(trust: Trust): ProviderAnswer | null {
  const idp = toIdp(trust)
  if (!idp) return null
  return { ...head(trust), owner: ownerType(idp.options.owner), type: 'PROVIDER_TYPE_JWT', config: toConfig(idp) }
}

/** Wire form of API v2. */
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

const toConfig = (idp: Idp) => ({ options: toProviderOptions(idp), jwt: toJwtConfig(idp) })

/** Options without their defaults. */
export function toProviderOptions({ options }: Idp) {
  const { isLinkingAllowed, isCreationAllowed, isAutoCreation, isAutoUpdate, autoLinking } = options
  const linking = autoLinkings[linkings.indexOf(autoLinking)]
  return withoutDefaults({ isLinkingAllowed, isCreationAllowed, isAutoCreation, isAutoUpdate, autoLinking: linking })
}

const ownerType = (owner: SignInOptions['owner']) =>
  owner === 'system' ? ('IDP_OWNER_TYPE_SYSTEM' as const) : ('IDP_OWNER_TYPE_ORG' as const)

const audienceRule = (audience: string): ClaimRule => ({
  path: 'aud',
  matcher: { kind: 'equals-any', values: [audience] },
  whenAbsent: 'refuse',
})

/** Returns the one audience that this API can represent; null for other rules. */
function audienceOf(rules: readonly ClaimRule[]): string | null {
  const [rule] = rules
  if (rules.length !== 1 || rule?.matcher.kind !== 'equals-any' || rule.whenAbsent !== 'refuse') return null
  const [audience, ...more] = rule.matcher.values
  return more.length === 0 && audience ? audience : null
}
