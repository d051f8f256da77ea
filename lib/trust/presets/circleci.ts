import { gitRef, uuid } from './patterns'
import { type Claims, definePreset, type Facts, type Stories } from './preset'

const facts: Facts = {
  organizationId: {
    ...{ title: 'ID of the organization', class: 'id', role: 'tenant', pattern: uuid },
    ...{ sample: '8b4f6a1c-2d3e-4f50-9a6b-7c8d9e0f1a2b', other: '0c9d8e7f-6a5b-4c3d-8e2f-1a0b9c8d7e6f' },
  },
  projectId: {
    ...{ title: 'ID of the project', class: 'id', role: 'workload', pattern: uuid },
    ...{ sample: '3e1d2c4b-5a6f-4780-9b8c-a7d6e5f40312', other: '7d6c5b4a-3f2e-4d1c-8b0a-f9e8d7c6b5a4' },
  },
  definitionId: {
    ...{ title: 'ID of the pipeline definition', class: 'id', role: 'workload', pattern: uuid },
    ...{ sample: 'c4d5e6f7-0819-4a2b-8c3d-4e5f60718293', other: 'f1e2d3c4-b5a6-4978-8a6b-5c4d3e2f1a0b' },
  },
  contextId: {
    ...{ title: 'ID of the context', class: 'id', role: 'context', pattern: uuid },
    ...{ sample: 'e7f80918-2a3b-4c4d-9e5f-607182930415', other: '29181716-0f0e-4d0c-8b0a-090807060504' },
  },
  origin: {
    ...{ title: 'Repository', class: 'name', role: 'workload', pattern: '[a-z0-9.-]+/[\\w.-]+/[\\w.-]+' },
    ...{ sample: 'github.com/acme/payments', other: 'github.com/mallory/payments' },
  },
  branch: {
    ...{ title: 'Branch', class: 'user', pattern: '[^\\s~^:?*\\[\\\\]+' },
    ...{ sample: 'main', other: 'feature/login' },
  },
  ref: {
    ...{ title: 'Reference', class: 'user', pattern: gitRef, from: 'refs/heads/{branch}' },
    ...{ sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  userId: {
    ...{ title: 'ID of the user who started the pipeline', class: 'user', pattern: uuid },
    ...{ sample: 'a1b2c3d4-e5f6-4718-9a0b-1c2d3e4f5061', other: '61504f3e-2d1c-4b0a-8978-6f5e4d3c2b1a' },
  },
  sshRerun: {
    ...{ title: 'Run again with SSH', class: 'gate', pattern: '(?:true|false)' },
    ...{ sample: 'false', other: 'true' },
  },
  pipelineId: {
    ...{ title: 'ID of the pipeline', class: 'ephemeral', pattern: uuid },
    ...{ sample: '5c6d7e8f-9001-4233-8445-566778899aab', other: 'baa99887-7665-4544-8332-10098f7e6d5c' },
  },
  workflowId: {
    ...{ title: 'ID of the workflow run', class: 'ephemeral', pattern: uuid },
    ...{ sample: '6d7e8f90-0112-4334-8556-6778899aabbc', other: 'cbbaa998-8776-4655-8433-2110098f7e6d' },
  },
  jobId: {
    ...{ title: 'ID of the job', class: 'ephemeral', pattern: uuid },
    ...{ sample: '7e8f9001-1223-4445-8667-78899aabbccd', other: 'dccbbaa9-9887-4766-8544-32211009f8e7' },
  },
}

const name = (claim: string) => `oidc.circleci.com/${claim}`

const claims: Claims = [
  {
    ...{ path: name('org-id'), class: 'id', role: 'tenant', from: '{organizationId}' },
    meaning: 'ID of the organization.',
  },
  { path: name('project-id'), class: 'id', role: 'workload', from: '{projectId}', meaning: 'ID of the project.' },
  {
    ...{
      path: name('pipeline-definition-id'),
      class: 'id',
      role: 'workload',
      from: '{definitionId}',
      isOptional: true,
    },
    meaning: 'ID of the pipeline definition: which configuration file of the project.',
  },
  {
    ...{ path: name('context-ids'), class: 'id', type: 'list', from: '{contextId}', example: '[]' },
    meaning: 'IDs of the contexts of the job. Only jobs that may use a restricted context have its ID.',
  },
  {
    ...{ path: name('vcs-origin'), class: 'name', role: 'workload', from: '{origin}', isOptional: true },
    meaning: 'Repository whose code runs: for a pull request from a fork, the fork.',
  },
  {
    ...{ path: name('vcs-ref'), class: 'user', from: '{ref}', isOptional: true },
    meaning: 'Branch or tag, as a full reference. Absent for custom webhooks.',
  },
  {
    ...{ path: name('ssh-rerun'), class: 'gate', type: 'boolean', from: '{sshRerun}' },
    meaning: 'Whether a person ran the job again with a shell. A boolean.',
  },
  { path: name('pipeline-id'), class: 'ephemeral', from: '{pipelineId}', meaning: 'ID of the pipeline.' },
  { path: name('workflow-id'), class: 'ephemeral', from: '{workflowId}', meaning: 'ID of the workflow run.' },
  { path: name('job-id'), class: 'ephemeral', from: '{jobId}', meaning: 'ID of the job.' },
]

const stories: Stories = [
  {
    ...{ id: 'other-organization', title: 'Another organization' },
    why: 'With the root issuer, every customer’s tokens have one issuer. Other issuers name the organization.',
    change: {
      ...{ organizationId: 'other', projectId: 'other', definitionId: 'other', contextId: 'other' },
    },
    closedBy: ['iss', name('org-id'), name('project-id'), 'sub'],
  },
  {
    ...{ id: 'other-project', title: 'Another project of the organization' },
    why: 'Every project of the organization gets tokens of its issuer.',
    change: { projectId: 'other', definitionId: 'other', origin: { to: 'github.com/acme/playground' } },
    closedBy: [name('project-id'), 'sub'],
  },
  {
    ...{ id: 'fork', title: 'Pull request from a fork' },
    why: 'Where secrets are passed to pull requests from forks, a fork’s code runs in the project; only vcs-origin names the fork.',
    change: { origin: 'other', userId: 'other' },
    closedBy: [name('vcs-origin')],
  },
  {
    ...{ id: 'other-branch', title: 'Another branch, with a slash in its name' },
    why: 'Everyone with write access pushes branches; only some branches are reviewed.',
    change: { branch: { to: 'feature/{branch}' } },
    closedBy: [name('vcs-ref'), 'sub'],
  },
  {
    ...{ id: 'ssh-rerun', title: 'Job run again with a shell' },
    why: 'The person in the shell has the job’s token.',
    change: { sshRerun: { to: 'true' } },
    closedBy: [name('ssh-rerun')],
  },
  {
    ...{ id: 'webhook', title: 'Pipeline started by a custom webhook' },
    why: 'Its token names neither repository nor branch.',
    change: { origin: { to: null }, ref: { to: null } },
    closedBy: [name('vcs-ref'), name('vcs-origin')],
  },
  {
    ...{ id: 'other-definition', title: 'Another pipeline definition of the project' },
    why: 'A project can have several configuration files, also of other repositories.',
    change: { definitionId: 'other' },
    closedBy: [name('pipeline-definition-id')],
  },
  {
    ...{ id: 'without-context', title: 'Job without the restricted context' },
    why: 'Who may not use a context can still run jobs of the project.',
    change: { contextId: { to: null } },
    closedBy: [name('context-ids')],
  },
  {
    ...{ id: 'usual-audience', title: 'The job’s token for another service' },
    why: 'Every job has a token for the organization’s own audience.',
    change: { jobId: { to: '{jobId}' } },
    ...{ audience: '{organizationId}', closedBy: ['aud'] },
  },
]

const rules = [
  { path: name('org-id'), values: ['{organizationId}'] },
  { path: name('project-id'), values: ['{projectId}'] },
  { path: name('pipeline-definition-id'), values: ['{definitionId}'] },
  { path: name('vcs-origin'), values: ['{origin}'] },
]

export const circleci = definePreset({
  id: 'circleci',
  title: 'CircleCI',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'circleci.com/docs/guides/permissions-authentication/openid-connect-tokens',
    'sigstore/fulcio@eb10c98',
    'pypi/warehouse oidc/models/circleci.py',
  ],
  unverified: ['Whether the root issuer and those of organizations have the same keys.'],
  issuers: [
    {
      ...{ id: 'organization', title: 'Issuer of an organization', isShared: false },
      template: 'https://oidc.circleci.com/org/{organizationId}',
    },
    { id: 'root', title: 'Root issuer', isShared: true, template: 'https://oidc.circleci.com' },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: '{organizationId}' },
  facts,
  subjects: [
    {
      ...{ id: 'v2', title: 'Project, user, repository and reference' },
      template: 'org/{organizationId}/project/{projectId}/user/{userId}/vcs-origin/{origin}/vcs-ref/{ref}',
    },
    {
      ...{ id: 'v1', title: 'Project and user', isLegacy: true },
      template: 'org/{organizationId}/project/{projectId}/user/{userId}',
    },
  ],
  claims,
  pins: [[name('org-id'), name('project-id')]],
  ruleSets: [
    {
      ...{ id: 'branch', title: 'Deploy from the default branch, in a restricted context' },
      why: 'One project and configuration by IDs, its own repository and branch, a restricted context, no shell.',
      rules: [
        ...rules,
        { path: name('vcs-ref'), values: ['{ref}'] },
        { path: name('ssh-rerun'), values: ['false'] },
        { path: name('context-ids'), values: ['{contextId}'] },
      ],
    },
    {
      ...{ id: 'npm', title: 'What npm and PyPI pin' },
      why: 'Organization, project and pipeline definition by IDs, the repository, and no shell.',
      rules: [...rules, { path: name('ssh-rerun'), values: ['false'] }],
      admits: ['other-branch', 'without-context'],
    },
  ],
  samples: [
    { id: 'branch', title: 'Push to the default branch, in a context' },
    { id: 'root', title: 'The same, with the root issuer', issuer: 'root' },
    { id: 'v1', title: 'Older variable, CIRCLE_OIDC_TOKEN', subject: 'v1', facts: { contextId: null } },
    { id: 'webhook', title: 'Custom webhook', facts: { origin: null, ref: null } },
  ],
  stories,
  lifetimeSeconds: { usual: 3600, max: 3600 },
  run: { claim: name('pipeline-id'), workload: [name('project-id'), name('pipeline-definition-id')] },
  replay: 'unknown',
  awsConditionKeys: [name('project-id')],
  tokenRequest: [
    { title: 'Step of a job', snippet: `circleci run oidc get --claims '{"aud":"'$AUD'"}'` },
    { title: 'Token for the organization’s audience, in each job', snippet: '$CIRCLE_OIDC_TOKEN_V2' },
  ],
  notes: [
    'Names of claims hold slashes and dots; each is one name, written as it is: oidc.circleci.com/project-id.',
    'The root issuer (--root-issuer) is shared by all organizations: bind oidc.circleci.com/org-id.',
    'Where secrets are passed to pull requests from forks, vcs-origin must be bound.',
    'The subject names the user who started the pipeline; a pattern for the user admits every member.',
    'ssh-rerun is a boolean: a person with a shell has the job’s token.',
  ],
})
