import { refName, uuid } from './patterns'
import { type Claims, definePreset, type Facts, type Stories } from './preset'

/** UUIDs are sent in braces. */
const bracedUuid = `\\{${uuid}\\}`

const facts: Facts = {
  workspace: {
    ...{ title: 'Workspace', class: 'name', role: 'tenant', pattern: '[A-Za-z0-9_-]+' },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  workspaceId: {
    ...{ title: 'UUID of the workspace, without braces', class: 'id', role: 'tenant', pattern: uuid },
    ...{ sample: '4d1a8f3b-6c2e-4b7a-9f05-1e2d3c4b5a69', other: 'b9a8c7d6-e5f4-4312-8a0b-1c2d3e4f5061' },
  },
  workspaceUuid: {
    ...{ title: 'UUID of the workspace', class: 'id', role: 'tenant', pattern: bracedUuid },
    ...{ sample: '{4d1a8f3b-6c2e-4b7a-9f05-1e2d3c4b5a69}', other: '{b9a8c7d6-e5f4-4312-8a0b-1c2d3e4f5061}' },
  },
  repositoryUuid: {
    ...{ title: 'UUID of the repository', class: 'id', role: 'workload', pattern: bracedUuid },
    ...{ sample: '{8e7f6a5b-4c3d-4e2f-9a1b-0c9d8e7f6a5b}', other: '{12ab34cd-56ef-4789-8abc-def012345678}' },
  },
  environmentUuid: {
    ...{ title: 'UUID of the environment', class: 'id', pattern: bracedUuid, usuallyAbsent: true },
    ...{ sample: '{c0ffee00-1a2b-4c3d-8e4f-5a6b7c8d9e0f}', other: '{deadbeef-0a1b-4c2d-8e3f-405162738495}' },
  },
  branch: {
    ...{ title: 'Branch', class: 'user', pattern: refName },
    ...{ sample: 'main', other: 'feature/login' },
  },
  pipelineUuid: {
    ...{ title: 'UUID of the pipeline run', class: 'ephemeral', pattern: bracedUuid },
    ...{ sample: '{0a1b2c3d-4e5f-4607-8192-a3b4c5d6e7f8}', other: '{f8e7d6c5-b4a3-4291-8706-f5e4d3c2b1a0}' },
  },
  stepUuid: {
    ...{ title: 'UUID of the step run', class: 'ephemeral', pattern: bracedUuid },
    ...{ sample: '{1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809}', other: '{09f8e7d6-c5b4-4a32-9187-06f5e4d3c2b1}' },
  },
}

const claims: Claims = [
  {
    ...{ path: 'repositoryUuid', class: 'id', role: 'workload', from: '{repositoryUuid}' },
    meaning: 'UUID of the repository, in braces.',
  },
  {
    ...{ path: 'workspaceUuid', class: 'id', role: 'tenant', from: '{workspaceUuid}' },
    meaning: 'UUID of the workspace, in braces.',
  },
  {
    ...{ path: 'deploymentEnvironmentUuid', class: 'id', from: '{environmentUuid}', isOptional: true },
    meaning: 'UUID of the deployment environment, in braces; absent for steps without a deployment.',
  },
  {
    ...{ path: 'branchName', class: 'user', from: '{branch}', isOptional: true },
    meaning: 'Branch of the run. Chosen by those who can push.',
  },
  { path: 'accountUuid', class: 'id', isOptional: true, meaning: 'UUID of the account that owns the workspace.' },
  { path: 'pipelineUuid', class: 'ephemeral', from: '{pipelineUuid}', meaning: 'UUID of the pipeline run.' },
  { path: 'pipelineRunUuid', class: 'ephemeral', isOptional: true, meaning: 'UUID of the pipeline run.' },
  { path: 'stepUuid', class: 'ephemeral', from: '{stepUuid}', meaning: 'UUID of the step run.' },
]

const stories: Stories = [
  {
    ...{ id: 'other-workspace', title: 'Another workspace' },
    why: 'Its issuer differs in the workspace’s name alone, and branches have the same names.',
    change: {
      ...{ workspace: 'other', workspaceId: 'other', workspaceUuid: 'other', repositoryUuid: 'other' },
    },
    closedBy: ['iss', 'workspaceUuid', 'repositoryUuid'],
  },
  {
    ...{ id: 'recycled-workspace', title: 'Workspace’s name taken by another customer' },
    why: 'The issuer has the workspace’s name, which can be given up and registered again.',
    change: { workspaceId: 'other', workspaceUuid: 'other', repositoryUuid: 'other' },
    closedBy: ['workspaceUuid', 'repositoryUuid'],
  },
  {
    ...{ id: 'other-repository', title: 'Another repository of the workspace' },
    why: 'Every repository of the workspace gets tokens of its issuer.',
    change: { repositoryUuid: 'other' },
    closedBy: ['repositoryUuid'],
  },
  {
    ...{ id: 'other-branch', title: 'Another branch, with a slash in its name' },
    why: 'Everyone with write access pushes branches; only some branches are reviewed.',
    change: { branch: { to: 'feature/{branch}' }, environmentUuid: { to: null } },
    closedBy: ['branchName', 'deploymentEnvironmentUuid'],
  },
  {
    ...{ id: 'other-environment', title: 'Deployment to another environment' },
    why: 'A test environment has fewer restrictions.',
    change: { environmentUuid: 'other' },
    needs: ['environmentUuid'],
    closedBy: ['deploymentEnvironmentUuid'],
  },
  {
    ...{ id: 'usual-audience', title: 'The step’s token for another service' },
    why: 'A service that receives a token with the usual audience could pass it on.',
    change: { stepUuid: 'other' },
    ...{ audience: 'ari:cloud:bitbucket::workspace/{workspaceId}', closedBy: ['aud'] },
  },
]

const ids = [
  { path: 'workspaceUuid', values: ['{workspaceUuid}'] },
  { path: 'repositoryUuid', values: ['{repositoryUuid}'] },
]

export const bitbucket = definePreset({
  id: 'bitbucket',
  title: 'Bitbucket Pipelines',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: ['ui.shadcn.com/oidc/docs', 'sigstore/fulcio issue 1257', 'gravitational/teleport lib/bitbucket'],
  unverified: ['accountUuid and pipelineRunUuid.', 'The greatest lifetime.'],
  issuers: [
    {
      ...{ id: 'workspace', title: 'Workspace', isShared: false },
      template: 'https://api.bitbucket.org/2.0/workspaces/{workspace}/pipelines-config/identity/oidc',
      jwksUrl: 'https://api.bitbucket.org/2.0/workspaces/{workspace}/pipelines-config/identity/oidc/keys.json',
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'ari:cloud:bitbucket::workspace/{workspaceId}' },
  facts,
  subjects: [
    {
      ...{ id: 'environment', title: 'Repository, environment and step run' },
      template: '{repositoryUuid}:{environmentUuid}:{stepUuid}',
    },
    { id: 'usual', title: 'Repository and step run', template: '{repositoryUuid}:{stepUuid}' },
  ],
  claims,
  pins: [['repositoryUuid']],
  ruleSets: [
    {
      ...{ id: 'environment', title: 'Deploy to an environment', sample: 'environment' },
      why: 'One repository by its UUID, and the environment, whose own restrictions decide which branches deploy.',
      rules: [...ids, { path: 'deploymentEnvironmentUuid', values: ['{environmentUuid}'] }],
    },
    {
      ...{ id: 'branch', title: 'Steps of one branch', sample: 'branch' },
      why: 'One repository by its UUID and one branch.',
      rules: [...ids, { path: 'branchName', values: ['{branch}'] }],
    },
  ],
  samples: [
    { id: 'branch', title: 'Step on the default branch' },
    {
      ...{ id: 'environment', title: 'Deployment' },
      facts: { environmentUuid: '{c0ffee00-1a2b-4c3d-8e4f-5a6b7c8d9e0f}' },
    },
  ],
  stories,
  lifetimeSeconds: { usual: 3600 },
  run: { claim: 'pipelineUuid', workload: ['repositoryUuid'] },
  replay: 'unknown',
  tokenRequest: [{ title: 'Step; the token is $BITBUCKET_STEP_OIDC_TOKEN', snippet: 'step:\n  oidc: true' }],
  notes: [
    'The subject has the UUID of the step run, so it changes with each run: never bind it whole.',
    'UUIDs are sent in braces, and compared with them.',
    'The issuer has the workspace’s name, which can be taken by another customer: bind workspaceUuid or repositoryUuid.',
    'With an audience of the step’s own choice, aud no longer names the workspace: bind repositoryUuid.',
    'Discovery answers only once OIDC is on and one pipeline ran.',
  ],
})
