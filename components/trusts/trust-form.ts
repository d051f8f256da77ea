import { type KeyValueRow, recordToRows } from '@/components/form/key-value-rows'
import type { StoredTrust } from '@/lib/client/trusts'
import { issuerKeyUse, issuerOptionsOf } from '@/lib/trust/issuer-options'
import { fitsList, joinList } from '@/lib/trust/matchers/glob-list'
import { type SignInOptions, signInLifetime, signInOptionsOf } from '@/lib/trust/sign-in-options'
import { type Algorithm, algorithms, type ClaimRule, type KeyUse, Lifetime, type Method } from '@/lib/trust/trust'
import { emptySourceRows, type SourceRow, toSourceRows } from './source-rows'

/**
 * What the editor holds while a trust is edited, whichever method it belongs to. A rule the form has no words for stays
 * in `otherRules`, at its place, and is saved as it was.
 */
export type TrustFormValues = {
  method: Method
  /** Of sign-in trusts, where people choose by it. */
  name: string
  enabled: boolean
  /** In the order in which they are asked. */
  sources: SourceRow[]
  /** As it is stored; no field changes it. */
  keyUse: KeyUse | null
  issuer: string
  audiences: string[]
  subject: string
  claims: KeyValueRow[]
  /** Of issuers: the only roles their tokens may say; [] = any. */
  roles: string[]
  /** Of issuers: the only permissions, in decimal digits; '' and '0' = any. */
  prm: string
  otherRules: { at: number; rule: ClaimRule }[]
  algorithms: Algorithm[]
  /** `tokenAgeSecondsMax`: 0 = any age. */
  lifetime: { [Name in keyof Lifetime]: NonNullable<Lifetime[Name]> }
  grant: { ttlSeconds: number; ttlSecondsMax: number; usesMax: number; trustedIps: string[] }
  /** Of OIDC: what the access token says of the login token, name → claim. */
  mapped: KeyValueRow[]
  /** Of issuers: the project they stand under. */
  project: string
  /** Of sign-in trusts. */
  signIn: SignInFields
}

export type SignInFields = Omit<SignInOptions, 'owner'>

/** How a method spells "one of these audiences": patterns, or letter for letter. */
export const audienceMatcherOf = {
  jwt: 'glob-any',
  oidc: 'glob-any',
  issuer: 'equals-any',
  'sign-in': 'equals-any',
} as const satisfies Record<Method, 'glob-any' | 'equals-any'>

/** A new trust: short-lived tokens, everything else open and said so by the notes. */
export function emptyTrustForm(method: Method): TrustFormValues {
  const isSignIn = method === 'sign-in'
  return {
    method,
    name: '',
    enabled: true,
    sources: emptySourceRows(method),
    keyUse: method === 'issuer' ? issuerKeyUse : null,
    issuer: '',
    audiences: [],
    // People are told apart by their subject, so a token must have one.
    subject: isSignIn ? '*' : '',
    claims: [],
    roles: [],
    prm: '',
    otherRules: [],
    algorithms: [...algorithms],
    lifetime: toFormLifetime(isSignIn ? signInLifetime : Lifetime.parse({})),
    grant: { ttlSeconds: 900, ttlSecondsMax: 86_400, usesMax: 0, trustedIps: ['0.0.0.0/0', '::/0'] },
    mapped: [],
    project: '',
    signIn: {
      jwtEndpoint: '',
      headerName: '',
      styling: 'unspecified',
      isOffered: true,
      isLinkingAllowed: false,
      isCreationAllowed: true,
      isAutoCreation: true,
      isAutoUpdate: false,
      autoLinking: 'unspecified',
      role: 'no-access',
    },
  }
}

/** The form of a stored trust, or of a new one. */
export const valuesOf = (method: Method, stored: StoredTrust | null): TrustFormValues =>
  stored ? { ...toFormValues(stored), ...emptyParts(method, stored.unreadable ?? []) } : emptyTrustForm(method)

/** In the place of what cannot be read of a stored trust: nothing, so that it has to be given anew. */
function emptyParts(method: Method, unreadable: readonly string[]): Partial<TrustFormValues> {
  const { sources, grant, signIn } = emptyTrustForm(method)
  return {
    ...(unreadable.includes('keys') ? { sources } : {}),
    ...(unreadable.includes('grant') ? { grant } : {}),
    ...(unreadable.includes('foreign') ? { signIn } : {}),
  }
}

/** What of a stored trust the form shows. */
export type FormTrust = Pick<
  StoredTrust,
  'method' | 'name' | 'enabled' | 'issuer' | 'keys' | 'rules' | 'algorithms' | 'lifetime' | 'grant' | 'foreign'
> & { keyUse?: KeyUse | undefined }

/** A stored trust as the form holds it. `toTrustInput` leads back to the same trust. */
export function toFormValues(trust: FormTrust): TrustFormValues {
  const { method, lifetime, grant } = trust
  const empty = emptyTrustForm(method)
  const signIn = signInOptionsOf(trust)
  const { owner: _, ...signInFields } = signIn ?? { ...empty.signIn, owner: 'system' }
  return {
    ...empty,
    name: trust.name,
    enabled: trust.enabled,
    sources: toSourceRows(method, trust.keys),
    keyUse: trust.keyUse ?? null,
    issuer: trust.issuer ?? '',
    ...toRuleFields(method, trust.rules),
    algorithms: [...trust.algorithms],
    lifetime: toFormLifetime(lifetime),
    grant: { ...grant, trustedIps: [...grant.trustedIps] },
    mapped: recordToRows(grant.metadata),
    project: issuerOptionsOf(trust)?.project ?? '',
    signIn: signInFields,
  }
}

const toFormLifetime = (lifetime: Lifetime): TrustFormValues['lifetime'] => ({
  ...lifetime,
  tokenAgeSecondsMax: lifetime.tokenAgeSecondsMax ?? 0,
})

type RuleFields = Pick<TrustFormValues, 'audiences' | 'subject' | 'claims' | 'roles' | 'prm' | 'otherRules'>

function toRuleFields(method: Method, rules: readonly ClaimRule[]): RuleFields {
  const fields: RuleFields = { audiences: [], subject: '', claims: [], roles: [], prm: '', otherRules: [] }
  const taken = new Set<string>()
  for (const [at, rule] of rules.entries()) {
    const spelled = taken.has(rule.path) ? null : spelledBy(method, rule)
    if (!spelled) {
      fields.otherRules.push({ at, rule })
      continue
    }
    const { claims = [], ...own } = spelled
    taken.add(rule.path)
    Object.assign(fields, own)
    fields.claims.push(...claims)
  }
  return fields
}

/** The field that spells a rule, with its value; null where there is none. */
function spelledBy(method: Method, { path, matcher, whenAbsent }: ClaimRule): Partial<RuleFields> | null {
  if (whenAbsent === 'allow') {
    if (method !== 'issuer') return null
    if (path === 'roles' && matcher.kind === 'subset-of' && areWords(matcher.values)) return { roles: matcher.values }
    if (path === 'prm' && matcher.kind === 'within-bitmask' && matcher.mask !== '0') return { prm: matcher.mask }
    return null
  }
  if (path === 'aud') {
    const isOurs = matcher.kind === audienceMatcherOf[method] && areWords(matcher.values)
    return isOurs ? { audiences: [...matcher.values] } : null
  }
  if (matcher.kind !== 'glob-any' || path !== path.trim() || !areWords(matcher.values)) return null
  const [subject, ...more] = matcher.values
  if (path === 'sub') return subject !== undefined && more.length === 0 ? { subject } : null
  if (path === 'iss' || !fitsList(matcher.values)) return null
  return { claims: [{ key: path, value: joinList(matcher.values) }] }
}

/** Values that a list field shows as they are; it drops blanks at the ends. */
const areWords = (values: readonly string[]) =>
  values.length > 0 && values.every((value) => value !== '' && value === value.trim())
