import { definePreset } from '../preset'
import { gitlabClaims } from './claims'
import { gitlabFacts } from './facts'
import { gitlabStories } from './stories'

const ids = [
  { path: 'namespace_id', values: ['{namespaceId}'] },
  { path: 'project_id', values: ['{projectId}'] },
]
const isProtected = { path: 'ref_protected', values: ['true'] }
const refPath = { path: 'ref_path', values: ['{refPath}'] }
const source = { path: 'pipeline_source', values: ['{source}'] }
const runner = { path: 'runner_environment', values: ['{runnerEnvironment}'] }
const configFile = { path: 'ci_config_ref_uri', values: ['{host}/{configProject}//{configPath}@{configRef}'] }
const environment = { environment: 'production', environmentProtected: 'true', deploymentTier: 'production' }

export const gitlab = definePreset({
  id: 'gitlab',
  title: 'GitLab CI/CD',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'gitlabhq/gitlabhq@0045970 doc/ci/secrets/id_token_authentication',
    'docs.gitlab.com/ci/secrets/id_token_authentication',
    'pypi/warehouse@6b62157 oidc/models/gitlab.py',
    'sigstore/fulcio@eb10c98',
    'gitlab.com/gitlab-org/gitlab issues 563038, 459001; merge request 160562',
  ],
  unverified: ['The form of job_config.', 'The list of pipeline sources.'],
  issuers: [
    { id: 'shared', title: 'GitLab.com', template: 'https://gitlab.com', isShared: true },
    {
      ...{ id: 'instance', title: 'Own server', isShared: false, isTelling: false },
      ...{ template: 'https://{host}', jwksUrl: 'https://{host}/oauth/discovery/keys' },
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'https://{host}' },
  facts: gitlabFacts,
  subjects: [
    {
      ...{ id: 'usual', title: 'Project and reference' },
      template: 'project_path:{namespace}/{project}:ref_type:{refType}:ref:{refName}',
    },
    {
      ...{ id: 'composed', title: 'Project, reference and source', form: 'composed', isCustom: true },
      template: 'project_path:{namespace}/{project}:ref_type:{refType}:ref:{refName}:pipeline_source:{source}',
    },
  ],
  subjectParts: [
    'project_path:{namespace}/{project}',
    'project_id:{projectId}',
    'namespace_path:{namespace}',
    'namespace_id:{namespaceId}',
    'ref_type:{refType}',
    'ref_path:{refPath}',
    'ref_protected:{refProtected}',
    'ref:{refName}',
    'environment:{environment}',
    'environment_protected:{environmentProtected}',
    'deployment_tier:{deploymentTier}',
    'pipeline_source:{source}',
    'user_login:{userLogin}',
    'user_id:{userId}',
    'runner_environment:{runnerEnvironment}',
    'project_visibility:{visibility}',
    'ci_config_ref_uri:{host}/{configProject}//{configPath}@{configRef}',
  ],
  claims: gitlabClaims,
  pins: [['namespace_id', 'project_id'], ['sub']],
  ruleSets: [
    {
      ...{ id: 'branch', title: 'Deploy from a protected branch', sample: 'branch' },
      why: 'One project by its IDs, one protected branch, the pipeline file of that branch, and pushes alone.',
      rules: [...ids, refPath, isProtected, source, configFile, runner],
    },
    {
      ...{ id: 'environment', title: 'Deploy to a protected environment', sample: 'environment' },
      why: 'The environment’s own rules decide who deploys; the protected branch decides what runs.',
      rules: [
        ...[...ids, { path: 'environment', values: ['{environment}'] }],
        ...[{ path: 'environment_protected', values: ['true'] }, refPath, isProtected, source, configFile, runner],
      ],
    },
    {
      ...{ id: 'merge-requests', title: 'Merge requests of the project, for read access', sample: 'merge-request' },
      why: 'The code of a merge request is not reviewed yet. Give this trust nothing that writes.',
      rules: [...ids, { path: 'pipeline_source', values: ['merge_request_event'] }, runner],
      admits: ['merge-request', 'foreign-pipeline-file'],
    },
    {
      ...{ id: 'npm', title: 'What npm pins', sample: 'branch' },
      why: 'Project and pipeline file by path, on runners of GitLab alone.',
      rules: [
        { path: 'project_path', values: ['{namespace}/{project}'] },
        ...[configFile, { path: 'runner_environment', values: ['gitlab-hosted'] }],
      ],
      admits: [...['recycled-namespace', 'recreated-project', 'unprotected', 'started-by-hand', 'composed-subject']],
    },
    {
      ...{ id: 'pypi', title: 'What PyPI pins', sample: 'branch' },
      why: 'Project and pipeline file by path.',
      rules: [{ path: 'project_path', values: ['{namespace}/{project}'] }, configFile],
      admits: [
        ...['recycled-namespace', 'recreated-project', 'unprotected', 'started-by-hand', 'composed-subject'],
        'self-hosted',
      ],
    },
  ],
  samples: [
    { id: 'branch', title: 'Push to the default branch' },
    {
      ...{ id: 'environment', title: 'Deployment to a protected environment' },
      facts: { ...environment, environmentAction: 'start' },
    },
    {
      ...{ id: 'merge-request', title: 'Merge request' },
      facts: { source: 'merge_request_event', refName: 'feature/login', refProtected: 'false' },
    },
    {
      ...{ id: 'tag', title: 'Protected tag' },
      facts: { refName: 'v1.4.0', refType: 'tag' },
    },
    { id: 'composed', title: 'Push, in a project with a composed subject', subject: 'composed' },
    {
      ...{ id: 'instance', title: 'Push, on an own server', issuer: 'instance' },
      facts: { host: 'gitlab.acme.example', runnerEnvironment: 'self-hosted' },
    },
  ],
  stories: gitlabStories,
  triggerClaim: 'pipeline_source',
  lifetimeSeconds: { usual: 3600 },
  notBeforeBackdateSeconds: 5,
  run: { claim: 'pipeline_id', workload: ['project_id', 'pipeline_source'] },
  replay: 'safe',
  awsConditionKeys: [
    ...['namespace_id', 'project_id', 'pipeline_source', 'ref_protected', 'runner_environment', 'user_access_level'],
    ...['user_email', 'user_id', 'user_login'],
  ],
  tokenRequest: [{ title: 'Job in .gitlab-ci.yml; the token is $KB', snippet: 'id_tokens:\n  KB:\n    aud: $AUD' }],
  notes: [
    'gitlab.com is shared by all its users: issuer and audience alone admit every project there is.',
    'The job chooses the audience, so it says for whom a token is, never who asks.',
    'For a merge request from a fork, project_id and project_path name the fork, although the job runs in the target project; job_project_id tells where it runs.',
    'ref is main, never refs/heads/main; the full reference is ref_path.',
    'ref_protected and environment_protected are the texts "true" and "false", not booleans.',
    'A pattern on namespace_path such as acme* admits groups whose path begins the same.',
    'A token lives as long as the job may run, or 5 minutes.',
    'A job gets one token of each name: with single use, a long job cannot log in again.',
    'A maintainer can compose sub of other components; the first is always project_path, and values are not escaped.',
    'PyPI does not pin IDs of GitLab projects.',
    'AWS can compare these claims for gitlab.com only, not for own servers.',
  ],
})
