import { email } from './patterns'
import { type Claims, definePreset, type Facts, type Stories } from './preset'

const instance = '/google/compute_engine'

const facts: Facts = {
  accountId: {
    ...{ title: 'Unique ID of the service account', class: 'id', role: 'workload', pattern: '\\d{15,25}' },
    ...{ sample: '112179062720391305885', other: '104773219088564021377' },
  },
  email: {
    ...{ title: 'Mail address of the service account', class: 'name', role: 'workload', pattern: email },
    ...{ sample: 'deployer@acme-prod.iam.gserviceaccount.com', other: 'deployer@evil-prod.iam.gserviceaccount.com' },
  },
  emailVerified: {
    ...{ title: 'Verified mail address', class: 'gate', pattern: '(?:true|false)' },
    ...{ sample: 'true', other: 'false' },
  },
  party: {
    ...{ title: 'Client that asked', class: 'id', role: 'workload', pattern: '[\\w.-]+', from: '{accountId}' },
    ...{ sample: '112179062720391305885', other: '407408718192.apps.googleusercontent.com' },
  },
  projectId: {
    ...{ title: 'Project', class: 'id', role: 'tenant', pattern: '[a-z0-9.:-]+', usuallyAbsent: true },
    ...{ sample: 'acme-prod', other: 'evil-prod' },
  },
  projectNumber: {
    ...{ title: 'Number of the project', class: 'id', role: 'tenant', pattern: '\\d+', usuallyAbsent: true },
    ...{ sample: '1071284184436', other: '326694433618' },
  },
  zone: {
    ...{ title: 'Zone', class: 'name', pattern: '[a-z0-9-]+', usuallyAbsent: true },
    ...{ sample: 'europe-west3-b', other: 'us-central1-c' },
  },
  instanceId: {
    ...{ title: 'ID of the machine', class: 'id', role: 'workload', pattern: '\\d+', usuallyAbsent: true },
    ...{ sample: '4570452845155348778', other: '2875949485074006138' },
  },
  instanceName: {
    ...{ title: 'Name of the machine', class: 'name', role: 'workload', pattern: '[a-z0-9-]+', usuallyAbsent: true },
    ...{ sample: 'deployer-1', other: 'sandbox-1' },
  },
  created: {
    ...{ title: 'Creation of the machine', class: 'ephemeral', pattern: '\\d+', usuallyAbsent: true },
    ...{ sample: '1790000000', other: '1780000000' },
  },
}

const claims: Claims = [
  {
    ...{ path: 'email', class: 'name', role: 'workload', from: '{email}', id: 'sub', isOptional: true },
    meaning: 'Mail address. A service account that is created again has the old address and another sub.',
  },
  {
    ...{ path: 'email_verified', class: 'gate', type: 'boolean', from: '{emailVerified}', isOptional: true },
    meaning: 'Whether the mail address was verified. A boolean.',
  },
  {
    ...{ path: 'azp', class: 'id', role: 'workload', from: '{party}', isOptional: true },
    meaning: 'Client that asked for the token: the service account itself, or an application for a person.',
  },
  {
    ...{ path: `${instance}/project_id`, class: 'id', role: 'tenant', from: '{projectId}', isOptional: true },
    meaning: 'Project of the machine; only with format=full.',
  },
  {
    ...{ path: `${instance}/project_number`, class: 'id', role: 'tenant', type: 'number', isOptional: true },
    ...{ from: '{projectNumber}', meaning: 'Number of the project. A number.' },
  },
  { path: `${instance}/zone`, class: 'name', from: '{zone}', isOptional: true, meaning: 'Zone of the machine.' },
  {
    ...{ path: `${instance}/instance_id`, class: 'id', role: 'workload', from: '{instanceId}', isOptional: true },
    meaning: 'ID of the machine. A text.',
  },
  {
    ...{ path: `${instance}/instance_name`, class: 'name', role: 'workload', from: '{instanceName}', isOptional: true },
    ...{ id: `${instance}/instance_id`, meaning: 'Name of the machine; it can be given again.' },
  },
  {
    ...{ path: `${instance}/instance_creation_timestamp`, class: 'ephemeral', type: 'number', isOptional: true },
    ...{ from: '{created}', meaning: 'When the machine was created.' },
  },
  {
    ...{ path: `${instance}/instance_confidentiality`, class: 'gate', type: 'number', isOptional: true },
    meaning: '1 for a confidential machine.',
  },
  {
    ...{ path: `${instance}/license_id`, class: 'gate', type: 'list', isOptional: true },
    meaning: 'Licences of the machine’s images.',
  },
  {
    ...{ path: '/google/organization_number', class: 'id', role: 'tenant', type: 'number', isOptional: true },
    meaning: 'Number of the organization.',
  },
  {
    ...{ path: 'hd', class: 'name', role: 'tenant', isOptional: true },
    meaning: 'Domain of a person’s account; absent for service accounts.',
  },
  { path: 'name', class: 'user', isOptional: true, meaning: 'Name of a person.' },
  { path: 'picture', class: 'user', isOptional: true, meaning: 'Picture of a person.' },
  { path: 'given_name', class: 'user', isOptional: true, meaning: 'First name of a person.' },
  { path: 'family_name', class: 'user', isOptional: true, meaning: 'Last name of a person.' },
]

const stories: Stories = [
  {
    ...{ id: 'other-account', title: 'Service account of another customer' },
    why: 'Every service account of every customer gets tokens of this issuer, for any audience.',
    change: {
      ...{ accountId: 'other', email: 'other', projectId: 'other', projectNumber: 'other', instanceId: 'other' },
    },
    closedBy: ['sub', 'email'],
  },
  {
    ...{ id: 'recreated-account', title: 'Another account with the same mail address' },
    why: 'A deleted account’s address can be created again in the project, also by other people.',
    change: { accountId: 'other' },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'person', title: 'A person who signed in with Google' },
    why: 'People have tokens of the same issuer, for applications that they use.',
    change: { accountId: 'other', email: { to: 'mallory@evil.example' }, party: 'other' },
    closedBy: ['sub', 'email'],
  },
  {
    ...{ id: 'default-account', title: 'Default account of the project’s machines' },
    why: 'Every machine that names no account of its own has it.',
    change: {
      ...{ accountId: 'other', email: { to: '1071284184436-compute@developer.gserviceaccount.com' } },
    },
    closedBy: ['sub', 'email'],
  },
  {
    ...{ id: 'unverified-mail', title: 'Mail address that was not verified' },
    why: 'Anyone can claim such an address.',
    change: { accountId: 'other', emailVerified: { to: 'false' } },
    closedBy: ['sub', 'email_verified'],
  },
  {
    ...{ id: 'other-audience', title: 'The account’s token for another service' },
    why: 'A service that receives it could pass it on.',
    change: { created: 'other' },
    ...{ audience: 'https://billing.example.com', closedBy: ['aud'] },
  },
]

export const google = definePreset({
  id: 'google',
  title: 'Google Cloud service account',
  family: 'cloud',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'cloud.google.com/compute/docs/instances/verifying-instance-identity',
    'tokens of machines in public repositories (format=full)',
    'pypi/warehouse@6b62157 oidc/models/google.py',
  ],
  unverified: ['license_id and organization_number.'],
  issuers: [
    {
      ...{ id: 'shared', title: 'Google', template: 'https://accounts.google.com', isShared: true },
      jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts,
  subjects: [{ id: 'usual', title: 'Unique ID', template: '{accountId}' }],
  claims,
  pins: [['sub']],
  ruleSets: [
    {
      ...{ id: 'account', title: 'One service account' },
      why: 'The account’s unique ID, which is never given again.',
      rules: [{ path: 'sub', values: ['{accountId}'] }],
    },
    {
      ...{ id: 'machine', title: 'One machine', sample: 'full' },
      why: 'The account’s unique ID and the machine’s. The machine must ask with format=full.',
      rules: [
        { path: 'sub', values: ['{accountId}'] },
        { path: `${instance}/project_id`, values: ['{projectId}'] },
        { path: `${instance}/instance_id`, values: ['{instanceId}'] },
      ],
    },
  ],
  samples: [
    { id: 'usual', title: 'Service account' },
    {
      ...{ id: 'full', title: 'Machine, with format=full' },
      facts: {
        ...{ projectId: 'acme-prod', projectNumber: '1071284184436', zone: 'europe-west3-b' },
        ...{ instanceId: '4570452845155348778', instanceName: 'deployer-1', created: '1790000000' },
      },
    },
  ],
  stories,
  lifetimeSeconds: { usual: 3600, max: 3600 },
  replay: 'unsafe',
  mustNotBe: ['firebase'],
  awsConditionKeys: ['/google/organization_number'],
  tokenRequest: [
    {
      title: 'On a machine or in Cloud Run',
      snippet: `curl -sH 'Metadata-Flavor: Google' "http://metadata/computeMetadata/v1/instance/service-accounts/default/identity?audience=$AUD&format=full"`,
    },
    { title: 'With gcloud', snippet: 'gcloud auth print-identity-token --audiences=$AUD' },
  ],
  notes: [
    'The issuer is shared by all Google accounts, those of people too: issuer and audience alone admit all of them.',
    'Bind sub: a mail address can be created again.',
    'The default account of machines is shared by everything in a project.',
    'The metadata server answers with the same token until shortly before it expires.',
  ],
})
