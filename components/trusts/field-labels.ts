import { labelOfField } from '@/components/form/label-of-field'
import type { Lifetime } from '@/lib/trust/trust'
import type { Path } from './to-trust-input'

const lifetimeLabels: Record<`lifetime.${keyof Lifetime}`, string> = {
  'lifetime.clockSkewSeconds': 'Clock skew',
  'lifetime.expirySkewSeconds': 'Expiry skew',
  'lifetime.requireExpiry': 'Require expiry',
  'lifetime.tokenAgeSecondsMax': 'Maximum token age',
}

/** Names of the form's fields, for summaries; the place in a list does not count. */
export const fieldLabels: Readonly<Record<string, string>> = {
  'sources.jwks-url.url': 'JWKS URL',
  'sources.jwks-url.caCert': 'CA certificate',
  'sources.oidc-discovery.url': 'Discovery URL',
  'sources.oidc-discovery.caCert': 'CA certificate',
  'sources.static-pem': 'Public keys',
  'sources.inline-jwk': 'Supplied keys',
  sources: 'Keys',
  issuer: 'Issuer',
  audiences: 'Audiences',
  subject: 'Subject',
  claims: 'Bound claims',
  roles: 'Roles',
  prm: 'Permissions',
  otherRules: 'Other rules',
  algorithms: 'Algorithms',
  ...lifetimeLabels,
  'grant.ttlSeconds': 'Access token TTL',
  'grant.ttlSecondsMax': 'Max TTL',
  'grant.usesMax': 'Uses',
  'grant.trustedIps': 'Trusted IPs',
  mapped: 'Claims passed on',
  name: 'Name',
  project: 'Project',
  'signIn.jwtEndpoint': 'JWT endpoint',
  'signIn.headerName': 'Header name',
  'signIn.styling': 'Button style',
  'signIn.isOffered': 'Offered on the sign-in page',
  'signIn.isLinkingAllowed': 'Linking',
  'signIn.isCreationAllowed': 'Creation',
  'signIn.isAutoCreation': 'Add people on first sign-in',
  'signIn.isAutoUpdate': 'Update names',
  'signIn.autoLinking': 'Automatic linking',
  'signIn.role': 'Role',
}

/** The label of the field at a place, or of what it stands in. */
export const labelOf = (path: Path): string => labelOfField(path, fieldLabels)
