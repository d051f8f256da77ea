import { type Claims, definePreset, type Facts, type Stories } from './preset'

const own = '/https:~1~1sts.amazonaws.com~1'
const name = '[\\w+=,.@-]+(?:/[\\w+=,.@-]+)*'

const facts: Facts = {
  issuerId: {
    ...{ title: 'ID of the account’s issuer', class: 'id', role: 'tenant', pattern: '[a-z0-9-]+' },
    ...{ sample: '1a2b3c4d-5e6f-4708-9a1b-2c3d4e5f6071', other: '9f8e7d6c-5b4a-4392-8170-6f5e4d3c2b1a' },
  },
  partition: {
    ...{ title: 'Partition', class: 'gate', pattern: 'aws(?:-[a-z-]+)?' },
    ...{ sample: 'aws', other: 'aws-us-gov' },
  },
  account: {
    ...{ title: 'Account', class: 'id', role: 'tenant', pattern: '\\d{12}' },
    ...{ sample: '210987654321', other: '135792468013' },
  },
  role: {
    ...{ title: 'Role', class: 'name', role: 'workload', pattern: name },
    ...{ sample: 'deployer', other: 'sandbox' },
  },
  user: {
    ...{ title: 'User', class: 'name', role: 'workload', pattern: name, usuallyAbsent: true },
    ...{ sample: 'deploy-bot', other: 'mallory' },
  },
  organization: {
    ...{ title: 'Organization', class: 'id', role: 'tenant', pattern: 'o-[a-z0-9]+' },
    ...{ sample: 'o-a1b2c3d4e5', other: 'o-z9y8x7w6v5' },
  },
  unitPath: {
    ...{ title: 'Path of the organizational unit', class: 'name', pattern: 'o-[a-z0-9]+/[a-z0-9/-]+' },
    ...{ sample: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/', other: 'o-z9y8x7w6v5/r-zy98/' },
  },
  region: {
    ...{ title: 'Region', class: 'gate', pattern: '[a-z0-9-]+' },
    ...{ sample: 'eu-central-1', other: 'us-east-1' },
  },
  functionArn: {
    ...{ title: 'Function', class: 'gate', pattern: 'arn:[^\\s]+', usuallyAbsent: true },
    ...{
      sample: 'arn:aws:lambda:eu-central-1:210987654321:function:deploy',
      other: 'arn:aws:lambda:eu-central-1:210987654321:function:sandbox',
    },
  },
  instanceArn: {
    ...{ title: 'Machine', class: 'gate', pattern: 'arn:[^\\s]+', usuallyAbsent: true },
    ...{
      sample: 'arn:aws:ec2:eu-central-1:210987654321:instance/i-0a1b2c3d4e5f60718',
      other: 'arn:aws:ec2:eu-central-1:210987654321:instance/i-09f8e7d6c5b4a3921',
    },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: '[\\w-]+' },
    ...{ sample: 'b1a2c3d4-e5f6-4708-91a2-b3c4d5e6f708', other: '08f7e6d5-c4b3-4a29-8170-6f5e4d3c2b1a' },
  },
}

const claims: Claims = [
  { path: `${own}/aws_account`, class: 'id', role: 'tenant', from: '{account}', meaning: 'Account. A text.' },
  {
    ...{ path: `${own}/org_id`, class: 'id', role: 'tenant', from: '{organization}', isOptional: true },
    meaning: 'Organization; absent for an account without one.',
  },
  {
    ...{ path: `${own}/ou_path`, class: 'name', from: '{unitPath}', isOptional: true },
    meaning: 'Path of the organizational unit. Accounts can be moved.',
  },
  {
    ...{ path: `${own}/principal_id`, class: 'name', role: 'workload', isOptional: true },
    meaning: 'ARN of the principal.',
  },
  {
    ...{ path: `${own}/source_region`, class: 'gate', from: '{region}', isOptional: true },
    meaning: 'Region in which the token was asked for.',
  },
  {
    ...{ path: `${own}/lambda_source_function_arn`, class: 'gate', from: '{functionArn}', isOptional: true },
    meaning: 'Function that asked.',
  },
  {
    ...{ path: `${own}/ec2_source_instance_arn`, class: 'gate', from: '{instanceArn}', isOptional: true },
    meaning: 'Machine that asked.',
  },
  { path: `${own}/ec2_`, isPrefix: true, class: 'gate', isOptional: true, meaning: 'About the machine that asked.' },
  {
    ...{ path: `${own}/source_identity`, class: 'user', isOptional: true },
    meaning: 'Identity that was set when the role was assumed.',
  },
  {
    ...{ path: `${own}/principal_tags`, class: 'name', type: 'object', isOptional: true },
    meaning: 'Tags of the principal. Those who administer it set them.',
  },
  {
    ...{ path: `${own}/request_tags`, class: 'user', type: 'object', isOptional: true },
    meaning: 'Tags of the request. The caller sets them: never authorise by them.',
  },
  { path: `${own}/`, isPrefix: true, class: 'gate', isOptional: true, meaning: 'Context of the session.' },
  { path: 'jti', class: 'ephemeral', from: '{tokenId}', meaning: 'ID of the token.' },
]

const stories: Stories = [
  {
    ...{ id: 'other-account', title: 'Role of the same name in another account' },
    why: 'Every account has its own issuer; a trust that binds no issuer admits all of them.',
    change: { issuerId: 'other', account: 'other', organization: 'other', unitPath: 'other' },
    closedBy: ['iss', `${own}/aws_account`, 'sub'],
  },
  {
    ...{ id: 'other-role', title: 'Another role of the account' },
    why: 'Every principal of the account that may ask gets tokens of its issuer.',
    change: { role: 'other' },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'role-with-path', title: 'Role of the same name under a path' },
    why: 'A path is part of the ARN, and * in a pattern matches slashes, too.',
    change: { role: { to: 'sandbox/{role}' } },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'role-prefix', title: 'Role whose name begins the same' },
    why: 'A prefix that ends inside a name admits every longer name.',
    change: { role: { to: '{role}-x' } },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'request-tags', title: 'Another role that sets the same request tags' },
    why: 'The caller chooses request_tags.',
    change: { role: 'other' },
    claims: { [`${own}/request_tags`]: { environment: 'production' } },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'user', title: 'User of the account' },
    why: 'Users with permanent keys can ask for tokens, too.',
    change: { role: { to: null }, user: { to: 'deployer' } },
    closedBy: ['sub'],
  },
  {
    ...{ id: 'other-audience', title: 'The role’s token for another service' },
    why: 'A service that receives it could pass it on.',
    change: { tokenId: 'other' },
    ...{ audience: 'https://billing.example.com', closedBy: ['aud'] },
  },
]

const arn = 'arn:{partition}:iam::{account}:role/{role}'

export const awsOutbound = definePreset({
  id: 'aws-outbound',
  title: 'AWS outbound identity federation',
  family: 'cloud',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: ['docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims'],
  unverified: ['Names of claims about machines beside ec2_source_instance_arn.', 'Least and greatest lifetime.'],
  issuers: [
    {
      ...{ id: 'account', title: 'Issuer of an account', isShared: false },
      template: 'https://{issuerId}.tokens.sts.global.api.aws',
    },
  ],
  algorithms: ['ES384', 'RS256'],
  audience: { isChosen: true },
  facts,
  subjects: [
    { id: 'role', title: 'Role', template: arn },
    { id: 'user', title: 'User', template: 'arn:{partition}:iam::{account}:user/{user}' },
  ],
  claims,
  pins: [['sub', `${own}/aws_account`], ['sub']],
  ruleSets: [
    {
      ...{ id: 'role', title: 'One role' },
      why: 'The exact ARN, its account and its organization.',
      rules: [
        { path: 'sub', values: [arn] },
        { path: `${own}/aws_account`, values: ['{account}'] },
        { path: `${own}/org_id`, values: ['{organization}'] },
      ],
    },
    {
      ...{ id: 'function', title: 'One function', sample: 'function' },
      why: 'The exact ARN of its role, its account, and the function that asked.',
      rules: [
        { path: 'sub', values: [arn] },
        { path: `${own}/aws_account`, values: ['{account}'] },
        { path: `${own}/lambda_source_function_arn`, values: ['{functionArn}'] },
      ],
    },
  ],
  samples: [
    { id: 'role', title: 'Role' },
    {
      ...{ id: 'function', title: 'Function' },
      facts: { functionArn: 'arn:aws:lambda:eu-central-1:210987654321:function:deploy' },
    },
  ],
  stories,
  lifetimeSeconds: { usual: 900, max: 3600 },
  replay: 'safe',
  tokenRequest: [
    {
      title: 'With the AWS CLI',
      snippet:
        'aws sts get-web-identity-token --audience $AUD --signing-algorithm RS256 --query WebIdentityToken --output text',
    },
  ],
  notes: [
    'The feature must be enabled in the account; it does not work at the global endpoint of STS, and AWS does not take these tokens back.',
    'An ARN is a name: a role that is created again has the same.',
    'Claims of AWS are nested in one object whose name is https://sts.amazonaws.com/ (address: /https:~1~1sts.amazonaws.com~1/aws_account).',
    'request_tags are set by the caller: never authorise by them.',
    'A pattern such as arn:aws:iam::210987654321:role/deploy* also admits every role under a path that begins so.',
  ],
})
