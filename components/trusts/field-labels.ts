import type { Path } from './to-trust-input'

/** Names of the form's fields, for summaries. */
export const fieldLabels: Readonly<Record<string, string>> = {
  'sources.jwks-url.url': 'JWKS URL',
  'sources.jwks-url.caCert': 'CA certificate',
  'sources.oidc-discovery.url': 'Discovery URL',
  'sources.oidc-discovery.caCert': 'CA certificate',
  'sources.static-pem': 'Public keys',
  otherKeys: 'Other keys',
  issuer: 'Issuer',
  audiences: 'Audiences',
  subject: 'Subject',
  claims: 'Bound claims',
  otherRules: 'Other rules',
  algorithms: 'Algorithms',
  'lifetime.clockSkewSeconds': 'Clock skew',
  'lifetime.requireExpiry': 'Require expiry',
  'lifetime.tokenAgeSecondsMax': 'Maximum token age',
  'grant.ttlSeconds': 'Access token TTL',
  'grant.ttlSecondsMax': 'Max TTL',
  'grant.usesMax': 'Uses',
  'grant.trustedIps': 'Trusted IPs',
}

/** The label of the field at a place, or of what it stands in. */
export function labelOf(path: Path): string {
  for (let length = path.length; length > 0; length--) {
    const label = fieldLabels[path.slice(0, length).join('.')]
    if (label) return label
  }
  return path.join('.')
}
