import type { StoredTrust } from '@/lib/client/trusts'
import { issuerOptionsOf } from '@/lib/trust/issuer-options'
import { describeMatcher } from '@/lib/trust/matchers'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import { algorithms, type ClaimRule, type KeySource, type TrustPolicy } from '@/lib/trust/trust'
import { fieldLabels } from './field-labels'
import { secondsWords } from './seconds-words'
import type { SignInFields } from './trust-form'

/** A trust as a save sends it; what only some methods say is absent in the others. */
export type ComparedTrust = TrustPolicy & {
  enabled: boolean
  name?: string | undefined
  project?: string
  signIn?: Partial<SignInFields>
}

/** A stored trust in the words in which it would be sent. */
export function toCompared(trust: StoredTrust): ComparedTrust {
  const project = issuerOptionsOf(trust)?.project
  const { owner: _, ...signIn } = signInOptionsOf(trust) ?? { owner: null }
  return { ...trust, ...(project === undefined ? {} : { project }), ...(trust.method === 'sign-in' ? { signIn } : {}) }
}

/** One field that differs; null = not there. Texts for people, one line a value. */
export type TrustChange = { label: string; before: string | null; after: string | null }

/** What a save would change, field by field, in the order of the form. `before` null: everything is new. Pure. */
export function diffTrusts(before: ComparedTrust | null, after: ComparedTrust): TrustChange[] {
  const old = before ? fieldsOf(before) : new Map<string, string>()
  const now = fieldsOf(after)
  const labels = [...new Set([...now.keys(), ...old.keys()])]
  return labels
    .map((label) => ({ label, before: old.get(label) ?? null, after: now.get(label) ?? null }))
    .filter((change) => change.before !== change.after)
}

function fieldsOf(trust: ComparedTrust): Map<string, string> {
  const { lifetime, grant } = trust
  const all = trust.algorithms.length === algorithms.length
  return new Map(
    [
      ...(trust.signIn ? signInFields(trust.name ?? '', trust.signIn) : []),
      ['Project', trust.project ?? null],
      ...keyFields(trust.keys),
      ['Issuer', trust.issuer],
      ...ruleFields(trust.rules),
      // Who signs in gets no access token.
      ...(trust.signIn ? [] : grantFields(grant)),
      ['Algorithms', all ? 'all supported' : [...trust.algorithms].sort().join(', ')],
      ['Clock skew', secondsWords(lifetime.clockSkewSeconds, 'none')],
      ['Require expiry', lifetime.requireExpiry ? 'yes' : 'no'],
      ['Maximum token age', secondsWords(lifetime.tokenAgeSecondsMax ?? 0, 'any')],
      [trust.signIn ? 'Active' : 'Accept logins', trust.enabled ? 'yes' : 'no'],
    ].filter((field): field is [string, string] => field[1] !== null),
  )
}

const grantFields = (grant: TrustPolicy['grant']): [string, string][] => [
  ['Access token TTL', secondsWords(grant.ttlSeconds, 'as long as the maximum allows')],
  ['Max TTL', secondsWords(grant.ttlSecondsMax, 'ninety days')],
  ['Uses', grant.usesMax === 0 ? 'unlimited' : String(grant.usesMax)],
  ['Trusted IPs', grant.trustedIps.join('\n')],
]

/** A name is asked for only of a trust that people choose by it. */
const signInFields = (name: string, signIn: Partial<SignInFields>): [string, string][] => [
  ['Name', name],
  ...Object.entries(signIn).map(([field, value]): [string, string] => [
    fieldLabels[`signIn.${field}`] ?? field,
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
  ]),
]

function keyFields(keys: readonly KeySource[]): [string, string][] {
  const fields: [string, string][] = []
  const pems = keys.flatMap((source) => (source.kind === 'static-pem' ? [pemWords(source.pem)] : []))
  for (const source of keys) {
    if (source.kind === 'jwks-url' || source.kind === 'oidc-discovery') {
      const name = source.kind === 'jwks-url' ? 'JWKS URL' : 'Discovery URL'
      const place = fields.filter(([label]) => label.startsWith(name)).length
      const label = place > 0 ? `${name} ${place + 1}` : name
      fields.push([label, source.url])
      if (source.caCert) fields.push([`CA certificate of ${label}`, pemWords(source.caCert)])
    } else if (source.kind === 'inline-jwk') {
      const kid = typeof source.jwk.kid === 'string' ? source.jwk.kid : 'without kid'
      fields.push([`Key ${kid} (JWK)`, JSON.stringify(source.jwk)])
    }
  }
  return pems.length > 0 ? [['Public keys', pems.join('\n')], ...fields] : fields
}

/** Enough of a PEM to tell it from another: its kind and the end of its bytes, where two keys differ. */
function pemWords(pem: string): string {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1] ?? 'PEM'
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  return `${label} …${body.slice(-24)}`
}

function ruleFields(rules: readonly ClaimRule[]): [string, string][] {
  const fields = new Map<string, string>()
  for (const { path, matcher, whenAbsent } of rules) {
    const name = nameOfRule(path, matcher.kind)
    const words = `${describeMatcher(matcher)}${whenAbsent === 'allow' ? ', or missing' : ''}`
    const said = fields.get(name)
    fields.set(name, said === undefined ? words : `${said}\n${words}`)
  }
  return [...fields]
}

function nameOfRule(path: string, kind: ClaimRule['matcher']['kind']): string {
  if (path === 'aud') return 'Audiences'
  if (path === 'sub') return 'Subject'
  if (path === 'roles' && kind === 'subset-of') return 'Roles'
  if (path === 'prm' && kind === 'within-bitmask') return 'Permissions'
  return `Claim ${path}`
}
