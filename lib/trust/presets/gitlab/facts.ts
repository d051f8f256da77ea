import type { Facts } from '../preset'

const group = '[\\w.-]+(?:/[\\w.-]+)*'
const project = '[\\w.-]+'
const notInRef = '\\s~^:?*\\[\\\\'
const ref = `[^${notInRef}]+`

/** A name of a branch or tag. GitLab allows none that begins like a full reference. */
const shortRef = Array.from('refs/').reduceRight((rest, letter) => {
  const other = `[^${notInRef}${letter}][^${notInRef}]*`
  return rest === '' ? other : `(?:${other}|${letter}(?:${rest})?)`
}, '')

/** Facts of a job of GitLab CI/CD. */
export const gitlabFacts: Facts = {
  host: {
    ...{ title: 'Host of the instance', class: 'name', role: 'tenant', pattern: '[a-z0-9.-]+(?::\\d+)?' },
    ...{ sample: 'gitlab.com', other: 'gitlab.evil.example' },
  },
  namespace: {
    ...{ title: 'Group or user', class: 'name', role: 'tenant', pattern: group },
    ...{ sample: 'acme/platform', other: 'evil-corp' },
  },
  namespaceId: {
    ...{ title: 'ID of the group or user', class: 'id', role: 'tenant', pattern: '\\d+' },
    ...{ sample: '72165', other: '90210' },
  },
  project: {
    ...{ title: 'Project', class: 'name', role: 'workload', pattern: project },
    ...{ sample: 'payments', other: 'playground' },
  },
  projectId: {
    ...{ title: 'ID of the project', class: 'id', role: 'workload', pattern: '\\d+' },
    ...{ sample: '20561', other: '48773' },
  },
  jobNamespace: {
    ...{ title: 'Group in which the job runs', class: 'name', role: 'tenant', pattern: group, from: '{namespace}' },
    ...{ sample: 'acme/platform', other: 'evil-corp' },
  },
  jobNamespaceId: {
    ...{ title: 'ID of that group', class: 'id', role: 'tenant', pattern: '\\d+', from: '{namespaceId}' },
    ...{ sample: '72165', other: '90210' },
  },
  jobProject: {
    ...{ title: 'Project in which the job runs', class: 'name', role: 'workload', pattern: project, from: '{project}' },
    ...{ sample: 'payments', other: 'playground' },
  },
  jobProjectId: {
    ...{ title: 'ID of that project', class: 'id', role: 'workload', pattern: '\\d+', from: '{projectId}' },
    ...{ sample: '20561', other: '48773' },
  },
  visibility: {
    ...{ title: 'Visibility', class: 'gate', pattern: '(?:public|internal|private)' },
    ...{ sample: 'private', other: 'public' },
  },
  refName: {
    ...{ title: 'Branch or tag', class: 'user', pattern: shortRef },
    ...{ sample: 'main', other: 'feature/login' },
  },
  refType: {
    ...{ title: 'Kind of reference', class: 'gate', pattern: '(?:branch|tag)' },
    ...{ sample: 'branch', other: 'tag' },
  },
  refPath: {
    ...{
      title: 'Full reference',
      class: 'user',
      pattern: `refs/(?:heads|tags|merge-requests|pipelines|workloads)/${ref}`,
      from: [{ template: 'refs/tags/{refName}', when: { refType: ['tag'] } }, { template: 'refs/heads/{refName}' }],
    },
    ...{ sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  refProtected: {
    ...{ title: 'Protected reference', class: 'gate', pattern: '(?:true|false)' },
    ...{ sample: 'true', other: 'false' },
  },
  source: {
    ...{ title: 'Source of the pipeline', class: 'gate', pattern: '[a-z_]+' },
    ...{ sample: 'push', other: 'web' },
  },
  environment: {
    ...{ title: 'Environment', class: 'gate', pattern: '[\\w /$}{.-]+', usuallyAbsent: true },
    ...{ sample: 'production', other: 'review/login' },
  },
  environmentProtected: {
    ...{ title: 'Protected environment', class: 'gate', pattern: '(?:true|false)', usuallyAbsent: true },
    ...{ sample: 'true', other: 'false' },
  },
  deploymentTier: {
    ...{ title: 'Deployment tier', class: 'gate', pattern: '[a-z]+', usuallyAbsent: true },
    ...{ sample: 'production', other: 'development' },
  },
  environmentAction: {
    ...{ title: 'Action on the environment', class: 'gate', pattern: '[a-z]+', usuallyAbsent: true },
    ...{ sample: 'start', other: 'access' },
  },
  configPath: {
    ...{ title: 'Pipeline file', class: 'name', role: 'workload', pattern: '[^\\s:]+\\.ya?ml' },
    ...{ sample: '.gitlab-ci.yml', other: 'ci/nightly.yml' },
  },
  configProject: {
    ...{ title: 'Project of the pipeline file', class: 'name', from: '{namespace}/{project}' },
    pattern: '[\\w.-]+(?:/[\\w.-]+)+',
    ...{ sample: 'acme/platform/payments', other: 'evil-corp/pipelines' },
  },
  configRef: {
    ...{ title: 'Reference of the pipeline file', class: 'user', pattern: '[^\\s:@]+', from: '{refPath}' },
    ...{ sample: 'refs/heads/main', other: 'refs/heads/feature/login' },
  },
  runnerEnvironment: {
    ...{ title: 'Kind of runner', class: 'gate', pattern: '(?:gitlab-hosted|self-hosted)' },
    ...{ sample: 'gitlab-hosted', other: 'self-hosted' },
  },
  runnerId: {
    ...{ title: 'ID of the runner', class: 'gate', pattern: '\\d+' },
    ...{ sample: '12270852', other: '47' },
  },
  userId: {
    ...{ title: 'ID of the user who started the job', class: 'user', pattern: '\\d+' },
    ...{ sample: '1187', other: '66013' },
  },
  userLogin: {
    ...{ title: 'Login of that user', class: 'user', pattern: '[\\w.-]+' },
    ...{ sample: 'alice', other: 'mallory' },
  },
  userEmail: {
    ...{ title: 'Mail address of that user', class: 'user', pattern: '[^\\s@:]+@[^\\s@:]+' },
    ...{ sample: 'alice@acme.example', other: 'mallory@evil.example' },
  },
  commit: {
    ...{ title: 'Commit', class: 'ephemeral', pattern: '[0-9a-f]{40}' },
    ...{ sample: '714a629c0b401fdce83e847fc9589983fc6f46bc', other: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' },
  },
  pipelineId: {
    ...{ title: 'ID of the pipeline', class: 'ephemeral', pattern: '\\d+' },
    ...{ sample: '1391152406', other: '1391199217' },
  },
  jobId: {
    ...{ title: 'ID of the job', class: 'ephemeral', pattern: '\\d+' },
    ...{ sample: '7446098166', other: '7446233019' },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: '[0-9a-f-]{36}' },
    ...{ sample: '235b3a54-b797-45c7-ae9a-f72d7bc6ef5b', other: 'c1d2e3f4-0a1b-4c2d-8e3f-405162738495' },
  },
}
