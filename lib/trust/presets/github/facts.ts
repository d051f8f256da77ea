import type { Facts } from '../preset'

/** What a Git reference may hold (git-check-ref-format), without blanks. */
const refCharacters = '[^\\s~^:?*\\[\\\\]+'

const ownerName = '[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?'

/** Facts of a job of GitHub Actions; forges with the same claims share them. */
export const githubFacts: Facts = {
  owner: {
    ...{ title: 'Owner', class: 'name', role: 'tenant', pattern: ownerName },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  ownerId: {
    ...{ title: 'ID of the owner', class: 'id', role: 'tenant', pattern: '\\d+' },
    ...{ sample: '6154722', other: '9919119' },
  },
  repository: {
    ...{ title: 'Repository', class: 'name', role: 'workload', pattern: '[\\w.-]+' },
    ...{ sample: 'payments', other: 'playground' },
  },
  repositoryId: {
    ...{ title: 'ID of the repository', class: 'id', role: 'workload', pattern: '\\d+' },
    ...{ sample: '966304329', other: '577301044' },
  },
  visibility: {
    ...{ title: 'Visibility', class: 'gate', pattern: '(?:public|private|internal)' },
    ...{ sample: 'private', other: 'public' },
  },
  refKind: {
    ...{ title: 'Folder of the reference', class: 'gate', pattern: '(?:heads|tags|pull)' },
    ...{ sample: 'heads', other: 'tags' },
  },
  refName: {
    ...{ title: 'Branch or tag', class: 'user', pattern: refCharacters },
    ...{ sample: 'main', other: 'feature/login' },
  },
  ref: {
    ...{
      title: 'Reference',
      class: 'user',
      pattern: `refs/(?:heads|tags|pull)/${refCharacters}`,
      from: 'refs/{refKind}/{refName}',
    },
    ...{ sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  refType: {
    ...{ title: 'Kind of reference', class: 'gate', pattern: '(?:branch|tag)' },
    from: [{ template: 'tag', when: { refKind: ['tags'] } }, { template: 'branch' }],
    ...{ sample: 'branch', other: 'tag' },
  },
  refProtected: {
    ...{ title: 'Protected reference', class: 'gate', pattern: '(?:true|false)' },
    ...{ sample: 'true', other: 'false' },
  },
  environment: {
    ...{ title: 'Environment', class: 'gate', pattern: '[^\\r\\n]+', usuallyAbsent: true },
    ...{ sample: 'production', other: 'preview' },
  },
  environmentNodeId: {
    ...{ title: 'ID of the environment', class: 'id', pattern: '[\\w-]+', usuallyAbsent: true },
    ...{ sample: 'EN_kwDOOZh0yc6Yx1aB', other: 'EN_kwDOImjl9M5Qz2cD' },
  },
  event: {
    ...{ title: 'Event', class: 'gate', pattern: '[a-z_]+' },
    ...{ sample: 'push', other: 'workflow_dispatch' },
  },
  headRef: {
    ...{ title: 'Source branch of the pull request', class: 'user', pattern: refCharacters, usuallyAbsent: true },
    ...{ sample: 'feature/login', other: 'patch-1' },
  },
  baseRef: {
    ...{ title: 'Target branch of the pull request', class: 'user', pattern: refCharacters, usuallyAbsent: true },
    ...{ sample: 'main', other: 'develop' },
  },
  workflow: {
    ...{ title: 'Name of the workflow', class: 'name', pattern: '[^\\r\\n]+' },
    ...{ sample: 'Deploy', other: 'Nightly' },
  },
  workflowFile: {
    ...{ title: 'Workflow file', class: 'name', role: 'workload', pattern: '[^\\s/:@]+\\.ya?ml' },
    ...{ sample: 'deploy.yml', other: 'nightly.yml' },
  },
  calledOwner: {
    ...{ title: 'Owner of the called workflow', class: 'name', pattern: ownerName, from: '{owner}' },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  calledRepository: {
    ...{ title: 'Repository of the called workflow', class: 'name', pattern: '[\\w.-]+', from: '{repository}' },
    ...{ sample: 'payments', other: 'playground' },
  },
  calledFile: {
    ...{ title: 'File of the called workflow', class: 'name', pattern: '[^\\s/:@]+\\.ya?ml', from: '{workflowFile}' },
    ...{ sample: 'deploy.yml', other: 'nightly.yml' },
  },
  calledRef: {
    ...{
      title: 'Reference of the called workflow',
      class: 'name',
      pattern: `(?:refs/(?:heads|tags|pull)/${refCharacters}|[0-9a-f]{40})`,
    },
    ...{ from: '{ref}', sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  runnerEnvironment: {
    ...{ title: 'Kind of runner', class: 'gate', pattern: '(?:github-hosted|self-hosted)' },
    ...{ sample: 'github-hosted', other: 'self-hosted' },
  },
  actor: {
    ...{ title: 'User who started the run', class: 'user', pattern: '[\\w.\\[\\]-]+' },
    ...{ sample: 'alice', other: 'mallory' },
  },
  actorId: {
    ...{ title: 'ID of that user', class: 'user', pattern: '\\d+' },
    ...{ sample: '1204955', other: '88410227' },
  },
  enterprise: {
    ...{ title: 'Enterprise', class: 'name', role: 'tenant', pattern: '[A-Za-z0-9_-]+', usuallyAbsent: true },
    ...{ sample: 'acme-group', other: 'evil-group' },
  },
  enterpriseId: {
    ...{ title: 'ID of the enterprise', class: 'id', role: 'tenant', pattern: '\\d+', usuallyAbsent: true },
    ...{ sample: '40712', other: '51977' },
  },
  residency: {
    ...{ title: 'Subdomain of ghe.com', class: 'name', role: 'tenant', pattern: '[a-z0-9-]+', usuallyAbsent: true },
    ...{ sample: 'acme', other: 'evil-corp' },
  },
  commit: {
    ...{ title: 'Commit', class: 'ephemeral', pattern: '[0-9a-f]{40}' },
    ...{ sample: 'f9d3b4a1c0e25867b1a2c3d4e5f60718293a4b5c', other: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' },
  },
  runId: {
    ...{ title: 'ID of the run', class: 'ephemeral', pattern: '\\d+' },
    ...{ sample: '15612345678', other: '15987654321' },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: '[0-9a-f-]{36}' },
    ...{ sample: '5f2b8c1e-63a7-4d0b-9f4c-2a1e7d3c9b80', other: 'c1d2e3f4-0a1b-4c2d-8e3f-405162738495' },
  },
}
