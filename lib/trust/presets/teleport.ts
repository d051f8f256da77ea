import { baseAddress, host, line } from './patterns'
import { definePreset } from './preset'

/** Teleport workload identities: JWT-SVIDs of a cluster. */
export const teleport = definePreset({
  id: 'teleport',
  title: 'Teleport workload identity',
  family: 'workload',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: [
    'goteleport.com/docs machine-workload-identity, from general knowledge',
    'spiffe/spiffe standards: JWT-SVID',
  ],
  unverified: ['The path of the issuer', 'Lifetime and algorithms'],
  issuers: [{ id: 'cluster', title: 'Cluster', template: 'https://{proxy}/workload-identity', isShared: false }],
  algorithms: ['RS256', 'ES256'],
  headerTypes: ['JWT', 'JOSE'],
  audience: { isChosen: true, isList: true },
  facts: {
    proxy: {
      title: 'Address of the cluster',
      class: 'name',
      role: 'tenant',
      pattern: baseAddress,
      sample: 'acme.teleport.sh',
      other: 'mallory.teleport.sh',
    },
    cluster: {
      title: 'Name of the cluster',
      class: 'name',
      role: 'tenant',
      pattern: `(?:${host}|[a-z0-9-]+)`,
      sample: 'acme.teleport.sh',
      other: 'mallory.teleport.sh',
    },
    path: {
      title: 'Path of the workload',
      class: 'name',
      role: 'workload',
      pattern: '[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*',
      sample: 'bots/deployer',
      other: 'bots/nightly',
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d' },
  },
  subjects: [{ id: 'spiffe-id', title: 'SPIFFE ID', template: 'spiffe://{cluster}/{path}' }],
  claims: [{ path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true }],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'workload',
      title: 'One workload',
      why: 'The whole SPIFFE ID, exact.',
      rules: [{ path: 'sub', values: ['spiffe://{cluster}/{path}'] }],
    },
  ],
  samples: [{ id: 'bot', title: 'Workload of a bot' }],
  stories: [
    {
      id: 'other-workload',
      title: 'Another workload of the cluster',
      why: 'A pattern for the cluster admits every workload.',
      change: { path: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'path-below',
      title: 'A workload below the path',
      why: 'A pattern that crosses slashes admits it; templates of paths can hold attributes of people.',
      change: { path: { to: '{path}/mallory' } },
      closedBy: ['sub'],
    },
    {
      id: 'other-cluster',
      title: 'Another cluster',
      why: 'It is another issuer.',
      change: { proxy: 'other', cluster: 'other' },
      hasOtherKeys: true,
      closedBy: ['iss', 'sub'],
    },
  ],
  replay: 'unsafe',
  mustNotBe: ['spiffe'],
  tokenRequest: [
    { title: 'tbot', snippet: 'tbot start workload-identity-jwt --audience $AUD --name-selector deployer' },
  ],
})
