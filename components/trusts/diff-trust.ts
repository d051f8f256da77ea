import type { StoredTrust } from '@/lib/client/trusts'
import { cutText } from '@/lib/trust/cut-text'
import { issuerOptionsOf } from '@/lib/trust/issuer-options'
import { kidOf } from '@/lib/trust/jwk'
import { describeMatcher } from '@/lib/trust/matchers'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import { algorithms, type ClaimRule, type KeySource, KeyUse, type Lifetime, type TrustPolicy } from '@/lib/trust/trust'
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
  const { lifetime, grant, keyUse } = trust
  const { unnamed, staleSecondsMax } = KeyUse.parse(keyUse ?? {})
  const all = trust.algorithms.length === algorithms.length
  return byLabel([
    ...(trust.signIn ? signInFields(trust.name ?? '', trust.signIn) : []),
    ['Project', trust.project ?? null],
    ...keyFields(trust.keys),
    ['Tokens without a kid', unnamed === 'only' ? 'need a key that fits alone' : null],
    ['Last good keys serve', staleSecondsMax === null ? null : secondsWords(staleSecondsMax, 'never')],
    ['Issuer', trust.issuer],
    ...ruleFields(trust.rules),
    // Who signs in gets no access token.
    ...(trust.signIn ? [] : grantFields(grant)),
    ['Algorithms', all ? 'all supported' : [...trust.algorithms].sort().join(', ')],
    ...lifetimeFields(lifetime),
    [trust.signIn ? 'Active' : 'Accept logins', trust.enabled ? 'yes' : 'no'],
  ])
}

type Field = [label: string, words: string | null]

/** What shares a label shares a field, a line each: nothing that differs may hide behind something else. */
function byLabel(fields: readonly Field[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const [label, words] of fields) {
    if (words === null) continue
    const said = found.get(label)
    found.set(label, said === undefined ? words : `${said}\n${words}`)
  }
  return found
}

/** Every field of a lifetime, by its label in the form; a field without words does not compile. */
function lifetimeFields(lifetime: Lifetime): Field[] {
  const words: Record<keyof Lifetime, string> = {
    clockSkewSeconds: secondsWords(lifetime.clockSkewSeconds, 'none'),
    expirySkewSeconds: secondsWords(lifetime.expirySkewSeconds, 'none'),
    requireExpiry: lifetime.requireExpiry ? 'yes' : 'no',
    tokenAgeSecondsMax: secondsWords(lifetime.tokenAgeSecondsMax ?? 0, 'any'),
  }
  return Object.entries(words).map(([name, value]) => [fieldLabels[`lifetime.${name}`] ?? name, value])
}

const grantFields = (grant: TrustPolicy['grant']): Field[] => [
  ['Access token TTL', secondsWords(grant.ttlSeconds, 'as long as the maximum allows')],
  ['Max TTL', secondsWords(grant.ttlSecondsMax, 'ninety days')],
  ['Uses', grant.usesMax === 0 ? 'unlimited' : String(grant.usesMax)],
  ['Trusted IPs', grant.trustedIps.join('\n')],
  ['Claims passed on', pairsOf(grant.metadata)],
  ['Claims carried', pairsOf(grant.carry ?? {})],
]

const pairsOf = (pairs: Readonly<Record<string, string>>): string | null =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n') || null

/** A name is asked for only of a trust that people choose by it. */
const signInFields = (name: string, signIn: Partial<SignInFields>): Field[] => [
  ['Name', name],
  ...Object.entries(signIn).map(
    ([field, value]): Field => [
      fieldLabels[`signIn.${field}`] ?? field,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ],
  ),
]

function keyFields(keys: readonly KeySource[]): Field[] {
  const order = keys.map(nameOfSource).join('\n')
  return [...keys.flatMap(sourceFields), ['Order of keys', keys.length > 1 ? order : null]]
}

function sourceFields(source: KeySource): Field[] {
  if (source.kind === 'static-pem') return [['Public keys', pemWords(source.pem)]]
  if (source.kind === 'inline-jwk') return [['Supplied keys', JSON.stringify(source.jwk)]]
  const label = source.kind === 'jwks-url' ? 'JWKS URL' : 'Discovery URL'
  const ca = source.caCert ? pemWords(source.caCert) : null
  return [
    [label, source.url],
    [`CA certificate of ${source.url}`, ca],
  ]
}

/** The first source that has a kid wins, so their order is part of the trust. */
function nameOfSource(source: KeySource): string {
  if (source.kind === 'static-pem') return pemWords(source.pem)
  if (source.kind !== 'inline-jwk') return source.url
  const kid = kidOf(source.jwk)
  return kid !== null ? `key ${kid}` : `key ${cutText(JSON.stringify(source.jwk), 120)}`
}

/** Enough of a PEM to tell it from another: its kind and the end of its bytes, where two keys differ. */
function pemWords(pem: string): string {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1] ?? 'PEM'
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  return `${label} …${body.slice(-24)}`
}

const ruleFields = (rules: readonly ClaimRule[]): Field[] =>
  rules.map(({ path, matcher, whenAbsent }) => [
    nameOfRule(path, matcher.kind),
    `${describeMatcher(matcher)}${whenAbsent === 'allow' ? ', or missing' : ''}`,
  ])

function nameOfRule(path: string, kind: ClaimRule['matcher']['kind']): string {
  if (path === 'aud') return 'Audiences'
  if (path === 'sub') return 'Subject'
  if (path === 'roles' && kind === 'subset-of') return 'Roles'
  if (path === 'prm' && kind === 'within-bitmask') return 'Permissions'
  return `Claim ${path}`
}
