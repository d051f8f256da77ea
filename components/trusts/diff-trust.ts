import { describeMatcher } from '@/lib/trust/matchers'
import { algorithms, type ClaimRule, type KeySource, type TrustPolicy } from '@/lib/trust/trust'
import { secondsWords } from './seconds-words'

export type ComparedTrust = TrustPolicy & { enabled: boolean }

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
      ...keyFields(trust.keys),
      ['Issuer', trust.issuer],
      ...ruleFields(trust.rules),
      ['Access token TTL', secondsWords(grant.ttlSeconds, 'as long as the maximum allows')],
      ['Max TTL', secondsWords(grant.ttlSecondsMax, 'ninety days')],
      ['Uses', grant.usesMax === 0 ? 'unlimited' : String(grant.usesMax)],
      ['Trusted IPs', grant.trustedIps.join('\n')],
      ['Algorithms', all ? 'all supported' : [...trust.algorithms].sort().join(', ')],
      ['Clock skew', secondsWords(lifetime.clockSkewSeconds, 'none')],
      ['Require expiry', lifetime.requireExpiry ? 'yes' : 'no'],
      ['Maximum token age', secondsWords(lifetime.tokenAgeSecondsMax ?? 0, 'any')],
      ['Accept logins', trust.enabled ? 'yes' : 'no'],
    ].filter((field): field is [string, string] => field[1] !== null),
  )
}

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
    const name = path === 'aud' ? 'Audiences' : path === 'sub' ? 'Subject' : `Claim ${path}`
    const words = `${describeMatcher(matcher)}${whenAbsent === 'allow' ? ', or missing' : ''}`
    const said = fields.get(name)
    fields.set(name, said === undefined ? words : `${said}\n${words}`)
  }
  return [...fields]
}
