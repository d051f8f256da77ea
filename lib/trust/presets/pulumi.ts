import { email, line, uuid } from './patterns'
import { definePreset } from './preset'

const name = '[A-Za-z0-9._-]+'

/** Pulumi ESC: tokens of an environment for any audience (`fn::open::oidc`). */
export const pulumi = definePreset({
  id: 'pulumi',
  title: 'Pulumi ESC',
  family: 'deployment',
  verified: true,
  verifiedOn: '2026-11-29',
  sources: ['pulumi.com/docs/esc: guides/configuring-oidc/custom-audience, providers/login/debug-oidc-claims'],
  unverified: ['The form of the IDs'],
  issuers: [
    {
      id: 'shared',
      title: 'Pulumi Cloud',
      template: 'https://api.pulumi.com/oidc/v2',
      isShared: true,
      jwksUrl: 'https://api.pulumi.com/oidc/v2/.well-known/jwks',
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts: {
    organizationId: {
      title: 'Organization ID',
      class: 'id',
      role: 'tenant',
      pattern: name,
      sample: 'b1f8e7d6-5c4b-4a39-8271-605f4e3d2c1b',
      other: '0c9b8a79-6857-4463-9251-403f2e1d0c0b',
    },
    organization: {
      title: 'Organization',
      class: 'name',
      role: 'tenant',
      pattern: name,
      sample: 'acme',
      other: 'mallory',
    },
    environmentId: {
      title: 'Environment ID',
      class: 'id',
      role: 'workload',
      pattern: name,
      sample: 'e2d3c4b5-a697-4889-97a6-b5c4d3e2f1a0',
      other: 'f3e4d5c6-b7a8-4990-88b7-c6d5e4f3a2b1',
    },
    project: { title: 'Project', class: 'name', role: 'workload', pattern: name, sample: 'web', other: 'toys' },
    environment: {
      title: 'Environment',
      class: 'name',
      role: 'workload',
      pattern: name,
      sample: 'production',
      other: 'test',
    },
    rootEnvironment: {
      title: 'Environment that was opened',
      class: 'name',
      pattern: `${name}(?:/${name})?`,
      sample: 'web/production',
      other: 'toys/test',
    },
    rootEnvironmentId: {
      title: 'ID of the environment that was opened',
      class: 'id',
      pattern: name,
      sample: 'e2d3c4b5-a697-4889-97a6-b5c4d3e2f1a0',
      other: '1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9',
    },
    actor: {
      title: 'Person who opened it',
      class: 'user',
      pattern: `(?:${name}|${email})`,
      sample: 'alice',
      other: 'mallory',
    },
    actorId: { title: 'ID of that person', class: 'user', pattern: name, sample: 'u-41f2', other: 'u-9107' },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: `(?:${uuid}|${line})`, sample: '5f2c', other: '5f2d' },
  },
  subjects: [
    {
      id: 'environment',
      title: 'Organization and environment',
      template: 'pulumi:org:{organizationId}:env:{environmentId}',
    },
  ],
  claims: [
    {
      path: 'https://pulumi.com/org_id',
      meaning: 'Organization',
      class: 'id',
      role: 'tenant',
      from: '{organizationId}',
    },
    {
      path: 'https://pulumi.com/org',
      meaning: 'Organization',
      class: 'name',
      role: 'tenant',
      from: '{organization}',
      id: 'https://pulumi.com/org_id',
    },
    {
      path: 'https://pulumi.com/current_env_id',
      meaning: 'Environment whose definition asks for the token',
      class: 'id',
      role: 'workload',
      from: '{environmentId}',
    },
    {
      path: 'https://pulumi.com/current_env',
      meaning: 'Its project and name',
      class: 'name',
      role: 'workload',
      from: '{project}/{environment}',
      id: 'https://pulumi.com/current_env_id',
    },
    {
      path: 'https://pulumi.com/root_env_id',
      meaning: 'Environment that was opened and imports the other',
      class: 'id',
      from: '{rootEnvironmentId}',
      isOptional: true,
    },
    {
      path: 'https://pulumi.com/root_env',
      meaning: 'Its project and name',
      class: 'name',
      from: '{rootEnvironment}',
      id: 'https://pulumi.com/root_env_id',
    },
    { path: 'https://pulumi.com/actor', meaning: 'Person who opened the environment', class: 'user', from: '{actor}' },
    {
      path: 'https://pulumi.com/actor_id',
      meaning: 'ID of that person',
      class: 'user',
      from: '{actorId}',
      isOptional: true,
    },
    { path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}' },
  ],
  pins: [['https://pulumi.com/org_id', 'https://pulumi.com/current_env_id'], ['sub']],
  ruleSets: [
    {
      id: 'environment',
      title: 'One environment, opened by itself',
      why: 'The subject has the IDs of organization and environment; the root tells whether another environment imports it.',
      rules: [
        { path: 'sub', values: ['pulumi:org:{organizationId}:env:{environmentId}'] },
        { path: 'https://pulumi.com/root_env_id', values: ['{rootEnvironmentId}'] },
      ],
    },
  ],
  samples: [{ id: 'environment', title: 'Environment' }],
  stories: [
    {
      id: 'other-environment',
      title: 'Another environment of the organization',
      why: 'A pattern for the organization admits it.',
      change: { environmentId: 'other', environment: 'other', rootEnvironmentId: 'other', rootEnvironment: 'other' },
      closedBy: ['sub', 'https://pulumi.com/current_env_id'],
    },
    {
      id: 'imported',
      title: 'An environment that imports the environment',
      why: 'The token names the environment that declares it, for every person who may open an importing one.',
      change: { rootEnvironmentId: 'other', rootEnvironment: 'other', actor: 'other', actorId: 'other' },
      closedBy: ['https://pulumi.com/root_env_id', 'https://pulumi.com/root_env'],
    },
    {
      id: 'other-organization',
      title: 'Another organization with the same names',
      why: 'All organizations share issuer and keys.',
      change: { organizationId: 'other', environmentId: 'other', rootEnvironmentId: 'other' },
      closedBy: ['sub', 'https://pulumi.com/org_id'],
    },
  ],
  lifetimeSeconds: { usual: 3600, max: 3600 },
  replay: 'safe',
  mustNotBe: ['pulumi-deployments'],
  tokenRequest: [
    {
      title: 'Definition of the environment',
      snippet:
        'values:\n  keybound:\n    token:\n      fn::open::oidc:\n        audience: $AUD\n        identityToken: { version: v2 }',
    },
  ],
  notes: [
    'Keys and subjects differ from the logins to clouds, which come from https://api.pulumi.com/oidc.',
    'debug-oidc-claims shows the claims before a token is signed.',
  ],
})
