import { baseAddress, line } from './patterns'
import { definePreset } from './preset'

/** SPIFFE JWT-SVIDs, also of SPIRE. */
export const spiffe = definePreset({
  id: 'spiffe',
  title: 'SPIFFE JWT-SVID',
  family: 'workload',
  verified: true,
  verifiedOn: '2026-11-29',
  sources: ['spiffe/spiffe standards: JWT-SVID, SPIFFE-ID', 'spiffe/spire support/oidc-discovery-provider'],
  issuers: [
    {
      id: 'discovery',
      title: 'SPIRE OIDC discovery provider',
      template: 'https://{issuerAddress}',
      isShared: false,
      isTelling: false,
    },
  ],
  algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
  headerTypes: ['JWT', 'JOSE'],
  audience: { isChosen: true, isList: true },
  facts: {
    issuerAddress: {
      title: 'Address of the issuer',
      class: 'name',
      pattern: baseAddress,
      sample: 'oidc.acme.example',
      other: 'oidc.attacker.example',
    },
    trustDomain: {
      title: 'Trust domain',
      class: 'name',
      role: 'tenant',
      pattern: '[a-z0-9._-]+',
      sample: 'acme.example',
      other: 'attacker.example',
    },
    path: {
      title: 'Path of the workload',
      class: 'name',
      role: 'workload',
      pattern: '[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*',
      sample: 'ns/production/sa/deployer',
      other: 'ns/sandbox/sa/toys',
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d', usuallyAbsent: true },
  },
  subjects: [{ id: 'spiffe-id', title: 'SPIFFE ID', template: 'spiffe://{trustDomain}/{path}' }],
  claims: [{ path: 'jti', meaning: 'Token; mostly absent', class: 'ephemeral', from: '{tokenId}', isOptional: true }],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'workload',
      title: 'One workload',
      why: 'The whole SPIFFE ID, exact.',
      rules: [{ path: 'sub', values: ['spiffe://{trustDomain}/{path}'] }],
    },
  ],
  samples: [
    { id: 'kubernetes', title: 'Service account of a cluster' },
    { id: 'short', title: 'Workload outside of a cluster', facts: { path: 'billing/api' } },
  ],
  stories: [
    {
      id: 'other-trust-domain',
      title: 'The same path in another trust domain',
      why: 'A discovery provider may serve several trust domains.',
      change: { trustDomain: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'domain-below',
      title: 'A trust domain whose name begins with the name',
      why: 'A pattern without the slash after the trust domain admits it.',
      change: { trustDomain: { to: '{trustDomain}.attacker.example' } },
      closedBy: ['sub'],
    },
    {
      id: 'sibling',
      title: 'Another workload of the trust domain',
      why: 'A pattern for the trust domain admits every workload.',
      change: { path: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'longer-path',
      title: 'A workload whose path begins with the path',
      why: 'A pattern without an end admits it.',
      change: { path: { to: '{path}-test' } },
      closedBy: ['sub'],
    },
    {
      id: 'path-below',
      title: 'A workload below the path',
      why: 'A pattern that crosses slashes admits it.',
      change: { path: { to: '{path}/test' } },
      closedBy: ['sub'],
    },
    {
      id: 'other-service',
      title: 'A token for another service',
      why: 'A service that the workload calls can present the token here.',
      audience: 'https://billing.acme.example',
      closedBy: ['aud'],
    },
  ],
  lifetimeSeconds: { usual: 300 },
  replay: 'unsafe',
  mustNotBe: ['depot-ci'],
  tokenRequest: [{ title: 'SPIRE agent', snippet: 'spire-agent api fetch jwt -audience $AUD' }],
  notes: [
    'Keys of a bundle say "use": "jwt-svid" and mostly name no algorithm. The discovery provider omits use unless set_key_use is on.',
    'iss is optional. Where it is absent, only the keys tell who signed.',
    'Workloads keep tokens and use them again: shorten the lifetime instead of refusing the second use.',
  ],
})
