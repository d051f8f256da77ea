import { nonBlank } from './patterns'
import { definePreset } from './preset'

/** Chainguard identities. */
export const chainguard = definePreset({
  id: 'chainguard',
  title: 'Chainguard',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-29',
  sources: [
    'sigstore/fulcio@eb10c98 pkg/identity/chainguard and config/identity/config.yaml',
    'chainguard-dev/sdk uidp',
  ],
  unverified: ['Lifetime'],
  issuers: [{ id: 'shared', title: 'Chainguard', template: 'https://issuer.enforce.dev', isShared: true }],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts: {
    group: {
      title: 'Organization and folders',
      class: 'id',
      role: 'tenant',
      pattern: '[0-9a-f]{40}(?:/[0-9a-f]{16})*',
      sample: '45a0cd5f8a1c2b3d4e5f60718293a4b5c6d7e8f9',
      other: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
    },
    identity: {
      title: 'Identity',
      class: 'id',
      role: 'workload',
      pattern: '[0-9a-f]{16}',
      sample: '7c1b2a3948576e6d',
      other: '8d2c3b4a59687f7e',
    },
    actorIssuer: {
      title: 'Issuer of the one who assumed the identity',
      class: 'user',
      pattern: 'https://[^\\x00-\\x20\\x7f]+',
      sample: 'https://token.actions.githubusercontent.com',
      other: 'https://accounts.google.com',
    },
    actor: {
      title: 'Subject of the one who assumed the identity',
      class: 'user',
      pattern: nonBlank,
      sample: 'repo:acme/web:ref:refs/heads/main',
      other: '110248495921238986420',
    },
    actorAudience: {
      title: 'Audience of that token',
      class: 'user',
      pattern: nonBlank,
      sample: 'https://issuer.enforce.dev',
      other: 'chainguard',
    },
  },
  subjects: [{ id: 'identity', title: 'Identity', template: '{group}/{identity}' }],
  claims: [
    {
      path: '/act/sub',
      meaning: 'Subject of the one who assumed the identity',
      class: 'user',
      from: '{actor}',
      isOptional: true,
    },
    { path: '/act/iss', meaning: 'Issuer of that token', class: 'user', from: '{actorIssuer}', isOptional: true },
    { path: '/act/aud', meaning: 'Audience of that token', class: 'user', from: '{actorAudience}', isOptional: true },
    {
      path: '/internal/service-principal',
      meaning: 'Service of Chainguard that the identity is for',
      class: 'name',
      isOptional: true,
    },
  ],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'identity',
      title: 'One identity',
      why: 'The subject is the ID of the identity below its organization.',
      rules: [{ path: 'sub', values: ['{group}/{identity}'] }],
    },
  ],
  samples: [{ id: 'identity', title: 'Assumed identity' }],
  stories: [
    {
      id: 'other-identity',
      title: 'Another identity of the organization',
      why: 'A pattern for the organization admits it.',
      change: { identity: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'other-organization',
      title: 'Another organization',
      why: 'All organizations share issuer and keys.',
      change: { group: 'other', identity: 'other', actor: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'same-actor',
      title: 'The same actor as another identity',
      why: 'act says who assumed an identity, not which; a rule for act alone admits every identity that the actor may assume.',
      change: { group: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'identity-below',
      title: 'An identity in a folder below',
      why: 'A pattern that crosses slashes admits it.',
      change: { group: { to: '{group}/{identity}' }, identity: 'other' },
      closedBy: ['sub'],
    },
  ],
  replay: 'unknown',
  notes: ['Never bind act alone: it names the caller’s first token.'],
})
