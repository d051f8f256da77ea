import type { KeyValueRow } from '@/components/form/key-value-rows'
import { fitsList, joinList } from '@/lib/trust/matchers/glob-list'
import type { Algorithm, ClaimRule, KeySource, Method, TrustPolicy } from '@/lib/trust/trust'
import { algorithms } from '@/lib/trust/trust'

type RemoteFields = { url: string; caCert: string }

/**
 * What the editor holds while a trust is edited. Every kind of key source keeps its own fields, so that switching loses
 * nothing. What the form has no words for stays in `otherKeys` and `otherRules`, at its place, and is saved as it was.
 */
export type TrustFormValues = {
  enabled: boolean
  keyKind: FormKeyKind
  sources: { 'jwks-url': RemoteFields; 'oidc-discovery': RemoteFields; 'static-pem': { pem: string }[] }
  /** As JSON text: a JWK nests without end, which the types of a form cannot follow. */
  otherKeys: { at: number; json: string }[]
  issuer: string
  audiences: string[]
  subject: string
  claims: KeyValueRow[]
  otherRules: { at: number; rule: ClaimRule }[]
  algorithms: Algorithm[]
  /** `tokenAgeSecondsMax`: 0 = any age. */
  lifetime: { clockSkewSeconds: number; requireExpiry: boolean; tokenAgeSecondsMax: number }
  grant: { ttlSeconds: number; ttlSecondsMax: number; usesMax: number; trustedIps: string[] }
}

/** The kinds of the shelf that the form has fields for. */
export type FormKeyKind = Extract<KeySource['kind'], 'jwks-url' | 'oidc-discovery' | 'static-pem'>

/** Which kinds each method offers, the usual one first. */
export const keyKindsOf: Record<Method, readonly [FormKeyKind, ...FormKeyKind[]]> = {
  jwt: ['jwks-url', 'static-pem'],
  oidc: ['oidc-discovery'],
  issuer: ['jwks-url', 'static-pem'],
  'sign-in': ['jwks-url'],
}

/** A new trust: short-lived tokens, everything else open and said so by the notes. */
export function emptyTrustForm(method: Method): TrustFormValues {
  return {
    enabled: true,
    keyKind: keyKindsOf[method][0],
    sources: {
      'jwks-url': { url: '', caCert: '' },
      'oidc-discovery': { url: '', caCert: '' },
      'static-pem': [{ pem: '' }],
    },
    otherKeys: [],
    issuer: '',
    audiences: [],
    subject: '',
    claims: [],
    otherRules: [],
    algorithms: [...algorithms],
    lifetime: { clockSkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: 0 },
    grant: { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['0.0.0.0/0', '::/0'] },
  }
}

/** A stored trust as the form holds it. `toTrustInput` leads back to the same trust. */
export function toFormValues(method: Method, trust: TrustPolicy & { enabled: boolean }): TrustFormValues {
  const { lifetime, grant } = trust
  return {
    ...emptyTrustForm(method),
    enabled: trust.enabled,
    ...toKeyFields(method, trust.keys),
    issuer: trust.issuer ?? '',
    ...toRuleFields(trust.rules),
    algorithms: [...trust.algorithms],
    lifetime: { ...lifetime, tokenAgeSecondsMax: lifetime.tokenAgeSecondsMax ?? 0 },
    grant: { ...grant, trustedIps: [...grant.trustedIps] },
  }
}

function toKeyFields(
  method: Method,
  keys: readonly KeySource[],
): Pick<TrustFormValues, 'keyKind' | 'sources' | 'otherKeys'> {
  const { sources } = emptyTrustForm(method)
  const offered = keyKindsOf[method]
  const keyKind = offered.find((kind) => keys.some((source) => source.kind === kind)) ?? offered[0]
  const otherKeys: TrustFormValues['otherKeys'] = []
  const pems: { pem: string }[] = []
  let remote: RemoteFields | null = null
  for (const [at, source] of keys.entries()) {
    if (source.kind !== keyKind) otherKeys.push({ at, json: JSON.stringify(source) })
    else if (source.kind === 'static-pem') pems.push({ pem: source.pem })
    else if ('url' in source && remote === null) remote = { url: source.url, caCert: source.caCert }
    else otherKeys.push({ at, json: JSON.stringify(source) })
  }
  if (pems.length > 0) sources['static-pem'] = pems
  if (remote && keyKind !== 'static-pem') sources[keyKind] = remote
  return { keyKind, sources, otherKeys }
}

function toRuleFields(
  rules: readonly ClaimRule[],
): Pick<TrustFormValues, 'audiences' | 'subject' | 'claims' | 'otherRules'> {
  let audiences: string[] | null = null
  let subject: string | null = null
  const claims = new Map<string, string>()
  const otherRules: TrustFormValues['otherRules'] = []
  for (const [at, rule] of rules.entries()) {
    const values = wordsOf(rule)
    if (rule.path === 'aud' && values && audiences === null) audiences = values
    else if (rule.path === 'sub' && values?.length === 1 && subject === null) subject = values[0] ?? ''
    else if (isClaimRow(rule.path, values) && values && !claims.has(rule.path)) claims.set(rule.path, joinList(values))
    else otherRules.push({ at, rule })
  }
  return {
    audiences: audiences ?? [],
    subject: subject ?? '',
    claims: [...claims].map(([key, value]) => ({ key, value })),
    otherRules,
  }
}

/** The values of a rule in the form's own words: patterns, of which one must match, and the claim must be there. */
function wordsOf({ matcher, whenAbsent, path }: ClaimRule): string[] | null {
  if (matcher.kind !== 'glob-any' || whenAbsent !== 'refuse' || path !== path.trim()) return null
  return matcher.values.every((value) => value === value.trim()) ? [...matcher.values] : null
}

/** Names that have a field of their own are no rows. */
const isClaimRow = (path: string, values: string[] | null) =>
  values !== null && fitsList(values) && !['aud', 'sub', 'iss'].includes(path)
