import { uuid } from './patterns'
import { type Claims, definePreset, type Facts, type Stories } from './preset'

const facts: Facts = {
  tenant: {
    ...{ title: 'ID of the tenant', class: 'id', role: 'tenant', pattern: uuid },
    ...{ sample: '7f3a1c52-6d0b-4b8e-9c41-2a5d8e7f6b10', other: 'e2b4d6f8-1a3c-4e5f-8a9b-0c1d2e3f4a5b' },
  },
  object: {
    ...{ title: 'ID of the principal', class: 'id', role: 'workload', pattern: uuid },
    ...{ sample: '5b6c7d8e-9f0a-4b1c-8d2e-3f4051627384', other: '94837261-5140-4f2e-8d1c-0b9a8f7e6d5c' },
  },
  application: {
    ...{ title: 'ID of the application (v1)', class: 'id', role: 'workload', pattern: uuid },
    ...{ sample: '0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f', other: 'a9b8c7d6-e5f4-4231-8f0e-1d2c3b4a5968' },
  },
  client: {
    ...{ title: 'ID of the application (v2)', class: 'id', role: 'workload', pattern: uuid, usuallyAbsent: true },
    ...{ sample: '0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f', other: 'a9b8c7d6-e5f4-4231-8f0e-1d2c3b4a5968' },
  },
  version: {
    ...{ title: 'Version of the token', class: 'gate', pattern: '[12]\\.0' },
    ...{ sample: '1.0', other: '2.0' },
  },
  kind: {
    ...{ title: 'Kind of principal', class: 'gate', pattern: '(?:app|user)' },
    ...{ sample: 'app', other: 'user' },
  },
  resource: {
    ...{
      title: 'Resource of the managed identity',
      class: 'name',
      role: 'workload',
      pattern: '/subscriptions/[^\\s]+',
    },
    ...{
      sample:
        '/subscriptions/2a5d8e7f-6b10-4c41-9c41-7f3a1c526d0b/resourcegroups/prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deployer',
      other:
        '/subscriptions/0c1d2e3f-4a5b-4a9b-8a9b-e2b4d6f81a3c/resourcegroups/test/providers/Microsoft.ManagedIdentity/userAssignedIdentities/sandbox',
    },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: '[\\w-]+' },
    ...{ sample: 'mK3vQ8pX0kWcJ7dYbA1lAA', other: 'zT9uR2sB4nVfH6gLqE5oAA' },
  },
}

const ephemeral = (path: string, meaning: string) => ({ path, meaning, class: 'ephemeral', isOptional: true }) as const
const person = (path: string, meaning: string) => ({ path, meaning, class: 'user', isOptional: true }) as const

const claims: Claims = [
  { path: 'tid', class: 'id', role: 'tenant', from: '{tenant}', meaning: 'ID of the tenant.' },
  {
    ...{ path: 'oid', class: 'id', role: 'workload', from: '{object}' },
    meaning: 'ID of the principal in the tenant. Never given to another.',
  },
  {
    ...{ path: 'appid', class: 'id', role: 'workload', from: '{application}', isOptional: true },
    meaning: 'ID of the application that asked; only in v1 tokens.',
  },
  {
    ...{ path: 'azp', class: 'id', role: 'workload', from: '{client}', isOptional: true },
    meaning: 'ID of the application that asked; only in v2 tokens.',
  },
  {
    ...{ path: 'idtyp', class: 'gate', from: '{kind}', values: ['app', 'user', 'device'], isOptional: true },
    meaning: 'app for an application or managed identity, user for a person.',
  },
  {
    ...{ path: 'xms_mirid', class: 'name', role: 'workload', from: '{resource}', isOptional: true, id: 'oid' },
    meaning: 'Azure resource of a managed identity, by names. One that is created again has the same.',
  },
  {
    ...{ path: 'xms_az_rid', class: 'name', role: 'workload', isOptional: true },
    meaning: 'Azure resource on which the identity was used, by names.',
  },
  { path: 'ver', class: 'gate', from: '{version}', values: ['1.0', '2.0'], meaning: 'Version of the token.' },
  {
    ...{ path: 'roles', class: 'gate', type: 'list', isOptional: true },
    meaning: 'Roles of the application that are granted to the caller.',
  },
  { path: 'appidacr', class: 'gate', isOptional: true, meaning: 'How the application authenticated: 2 = certificate.' },
  { path: 'azpacr', class: 'gate', isOptional: true, meaning: 'How the application authenticated: 2 = certificate.' },
  { path: 'idp', class: 'gate', isOptional: true, meaning: 'Provider that authenticated the principal.' },
  { path: 'wids', class: 'gate', type: 'list', isOptional: true, meaning: 'Directory roles of the principal.' },
  { path: 'groups', class: 'gate', type: 'list', isOptional: true, meaning: 'IDs of groups of the principal.' },
  { path: 'hasgroups', class: 'gate', type: 'boolean', isOptional: true, meaning: 'Whether there are more groups.' },
  { path: 'scp', class: 'gate', isOptional: true, meaning: 'Scopes that a person granted. Absent for applications.' },
  { path: 'app_displayname', class: 'name', isOptional: true, id: 'oid', meaning: 'Name of the application.' },
  person('upn', 'Login of a person. It can be changed and given again.'),
  person('unique_name', 'Login of a person. It can be changed and given again.'),
  person('preferred_username', 'Login of a person. It can be changed and given again.'),
  person('email', 'Mail address of a person. It is not verified.'),
  person('name', 'Name of a person.'),
  person('given_name', 'First name of a person.'),
  person('family_name', 'Last name of a person.'),
  person('ipaddr', 'Address from which a person signed in.'),
  person('login_hint', 'Login hint of a person.'),
  { path: 'acct', class: 'user', type: 'number', isOptional: true, meaning: '1 for a guest of the tenant.' },
  { path: 'amr', class: 'gate', type: 'list', isOptional: true, meaning: 'How a person authenticated.' },
  person('onprem_sid', 'ID of a person’s account outside of the cloud.'),
  { path: 'uti', class: 'ephemeral', from: '{tokenId}', isOptional: true, meaning: 'ID of the token.' },
  ephemeral('aio', 'Internal.'),
  ephemeral('rh', 'Internal.'),
  ephemeral('e_exp', 'Internal.'),
  { ...ephemeral('xms_tcdt', 'Internal.'), type: 'number' },
  { ...ephemeral('xms_', 'Internal; new ones come unannounced.'), isPrefix: true },
]

const stories: Stories = [
  {
    ...{ id: 'other-application', title: 'Another application of the tenant' },
    why: 'Every application and managed identity of the tenant gets tokens of its issuer.',
    change: { object: 'other', application: 'other', resource: 'other' },
    closedBy: ['oid', 'appid', 'azp', 'sub'],
  },
  {
    ...{ id: 'other-client', title: 'Another application of the tenant, by a v2 token' },
    why: 'In v2 tokens the application is azp, not appid.',
    change: { object: 'other', client: 'other', resource: { to: null } },
    ...{ variants: ['v2'], closedBy: ['oid', 'azp', 'sub'] },
  },
  {
    ...{ id: 'other-tenant', title: 'Application of another tenant' },
    why: 'All tenants’ tokens are signed by the same keys. A trust for common or organizations cannot tell them apart.',
    change: { tenant: 'other', object: 'other' },
    closedBy: ['iss', 'tid', 'oid'],
  },
  {
    ...{ id: 'same-object-other-tenant', title: 'The same application in another tenant' },
    why: 'An application of many tenants has the same ID in each; its principal has another.',
    change: { tenant: 'other', object: 'other', resource: { to: null } },
    closedBy: ['iss', 'tid', 'oid'],
  },
  {
    ...{ id: 'recreated-identity', title: 'Managed identity deleted and created again' },
    why: 'The new identity has the old resource ID, which is made of names.',
    change: { object: 'other', application: 'other' },
    closedBy: ['oid', 'appid', 'sub'],
  },
  {
    ...{ id: 'person', title: 'A person of the tenant' },
    why: 'People get tokens of the same issuer, through applications that they use.',
    change: { object: 'other', kind: { to: 'user' }, resource: { to: null } },
    closedBy: ['oid', 'idtyp', 'sub'],
  },
  {
    ...{ id: 'other-audience', title: 'The identity’s token for another service' },
    why: 'A service that receives it could pass it on.',
    change: { tokenId: 'other' },
    ...{ audience: 'https://management.azure.com/', closedBy: ['aud'] },
  },
]

const ids = [
  { path: 'tid', values: ['{tenant}'] },
  { path: 'oid', values: ['{object}'] },
]

export const entraManagedIdentity = definePreset({
  id: 'entra-managed-identity',
  title: 'Microsoft Entra application or managed identity',
  family: 'cloud',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: ['learn.microsoft.com/entra/identity-platform/access-token-claims-reference', 'ui.shadcn.com/oidc/docs'],
  unverified: ['The list of algorithms.', 'Greatest lifetimes.'],
  issuers: [
    { id: 'v1', title: 'Version 1', template: 'https://sts.windows.net/{tenant}/', isShared: false },
    {
      ...{ id: 'v2', title: 'Version 2', isShared: false },
      template: 'https://login.microsoftonline.com/{tenant}/v2.0',
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts,
  subjects: [{ id: 'usual', title: 'ID of the principal', template: '{object}' }],
  claims,
  pins: [['tid', 'oid'], ['oid']],
  ruleSets: [
    {
      ...{ id: 'identity', title: 'One application or managed identity' },
      why: 'The principal by its ID, in one tenant, and no person.',
      rules: [...ids, { path: 'idtyp', values: ['app'] }],
    },
    {
      ...{ id: 'identity-v2', title: 'The same, by a v2 token', sample: 'v2' },
      why: 'The principal by its ID, in one tenant, and its application.',
      rules: [...ids, { path: 'azp', values: ['{client}'] }],
    },
  ],
  samples: [
    { id: 'v1', title: 'Managed identity' },
    {
      ...{ id: 'v2', title: 'Application, by a v2 token', issuer: 'v2' },
      facts: {
        ...{ version: '2.0', application: null, resource: null },
        client: '0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f',
      },
    },
  ],
  stories,
  lifetimeSeconds: { usual: 3900, max: 86_400 },
  replay: 'unsafe',
  mustNotBe: ['azure-devops-connection'],
  tokenRequest: [
    {
      title: 'On a machine in Azure',
      snippet:
        'curl -sH Metadata:true "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$AUD" | jq -r .access_token',
    },
  ],
  notes: [
    'Managed identities get v1 tokens, whose issuer is https://sts.windows.net/<tenant>/ with a slash at the end, unless the application asks for version 2.',
    'The audience is an application that you register: its URI in v1 tokens, its client ID in v2 tokens.',
    'The discovery document of common and organizations names a template as issuer, which no token has: give the tenant’s own.',
    'sub is the principal’s ID for applications and differs per application for people; oid is the same everywhere in the tenant.',
    'upn, email and preferred_username can be changed and given again: never bind them.',
    'An application of many tenants needs tid and oid together.',
    'Tokens of managed identities live up to 24 hours, and the same one is given out again.',
    'New claims come unannounced, and their order changes.',
  ],
})
