import type { Claims } from '../preset'

/** Claims of a job of GitLab CI/CD. IDs and booleans are text; `runner_id` is a number. */
export const gitlabClaims: Claims = [
  {
    ...{ path: 'namespace_id', class: 'id', role: 'tenant', from: '{namespaceId}' },
    meaning: 'ID of the group or user. For a merge request from a fork: of the fork.',
  },
  {
    ...{ path: 'project_id', class: 'id', role: 'workload', from: '{projectId}' },
    meaning: 'ID of the project. For a merge request from a fork: of the fork, although the job runs in the target.',
  },
  {
    ...{ path: 'namespace_path', class: 'name', role: 'tenant', from: '{namespace}', id: 'namespace_id' },
    ...{ isCaseInsensitive: true, meaning: 'Path of the group or user. It can be changed.' },
  },
  {
    ...{ path: 'project_path', class: 'name', role: 'workload', from: '{namespace}/{project}', id: 'project_id' },
    ...{ isCaseInsensitive: true, meaning: 'Path of the project with its groups. It can be changed.' },
  },
  {
    ...{ path: 'job_namespace_id', class: 'id', role: 'tenant', from: '{jobNamespaceId}', isOptional: true },
    meaning: 'ID of the group in whose project the job runs. Since GitLab 18.4.',
  },
  {
    ...{ path: 'job_project_id', class: 'id', role: 'workload', from: '{jobProjectId}', isOptional: true },
    meaning: 'ID of the project in which the job runs. Since GitLab 18.4.',
  },
  {
    ...{ path: 'job_namespace_path', class: 'name', role: 'tenant', from: '{jobNamespace}', isOptional: true },
    ...{ id: 'job_namespace_id', meaning: 'Path of the group in whose project the job runs.' },
  },
  {
    ...{ path: 'job_project_path', class: 'name', role: 'workload', isOptional: true, id: 'job_project_id' },
    ...{ from: '{jobNamespace}/{jobProject}', meaning: 'Path of the project in which the job runs.' },
  },
  {
    ...{ path: 'project_visibility', class: 'gate', from: '{visibility}', values: ['public', 'internal', 'private'] },
    meaning: 'Who can see the project.',
  },
  {
    ...{ path: 'ref', class: 'user', from: '{refName}' },
    meaning: 'Branch or tag without refs/heads/: main. Chosen by those who can push.',
  },
  {
    ...{ path: 'ref_type', class: 'gate', from: '{refType}', values: ['branch', 'tag'] },
    meaning: 'Whether the job is about a branch or a tag.',
  },
  { path: 'ref_path', class: 'user', from: '{refPath}', meaning: 'Full reference: refs/heads/main.' },
  {
    ...{ path: 'ref_protected', class: 'gate', from: '{refProtected}', values: ['true', 'false'] },
    meaning: 'Whether a rule protects the branch or tag. A text, not a boolean.',
  },
  {
    ...{ path: 'pipeline_source', class: 'gate', from: '{source}' },
    values: `api chat container_registry_push duo_workflow external external_pull_request_event
      merge_request_event ondemand_dast_scan ondemand_dast_validation parent_pipeline pipeline pipeline_execution_policy_schedule
      push schedule security_orchestration_policy trigger unknown web webide`.split(/\s+/),
    meaning: 'What started the pipeline.',
  },
  {
    ...{ path: 'environment', class: 'gate', from: '{environment}', isOptional: true },
    meaning: 'Environment of the job. Every developer can name one that is not protected.',
  },
  {
    ...{ path: 'environment_protected', class: 'gate', from: '{environmentProtected}', isOptional: true },
    ...{ values: ['true', 'false'], meaning: 'Whether the environment is protected. A text, not a boolean.' },
  },
  {
    ...{ path: 'deployment_tier', class: 'gate', from: '{deploymentTier}', isOptional: true },
    ...{ values: ['production', 'staging', 'testing', 'development', 'other'] },
    meaning: 'Tier of the environment; the pipeline file can set it.',
  },
  {
    ...{ path: 'environment_action', class: 'gate', from: '{environmentAction}', isOptional: true },
    ...{ values: ['start', 'prepare', 'stop', 'verify', 'access'], meaning: 'What the job does with the environment.' },
  },
  {
    ...{ path: 'ci_config_ref_uri', class: 'name', role: 'workload' },
    from: '{host}/{configProject}//{configPath}@{configRef}',
    meaning: 'Pipeline file with its project and reference.',
  },
  { path: 'ci_config_sha', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the pipeline file.' },
  {
    ...{ path: 'runner_environment', class: 'gate', from: '{runnerEnvironment}' },
    ...{ values: ['gitlab-hosted', 'self-hosted'], meaning: 'Who operates the runner.' },
  },
  { path: 'runner_id', class: 'gate', type: 'number', from: '{runnerId}', meaning: 'ID of the runner. A number.' },
  { path: 'user_id', class: 'user', from: '{userId}', meaning: 'ID of the user who started the job.' },
  { path: 'user_login', class: 'user', from: '{userLogin}', id: 'user_id', meaning: 'Login of that user.' },
  { path: 'user_email', class: 'user', from: '{userEmail}', id: 'user_id', meaning: 'Mail address of that user.' },
  { path: 'user_access_level', class: 'user', example: 'maintainer', meaning: 'Role of that user in the project.' },
  {
    ...{ path: 'user_identities', class: 'user', type: 'list', isOptional: true },
    meaning: 'Identities of that user at other providers, where the user allows it.',
  },
  {
    ...{ path: 'groups_direct', class: 'user', type: 'list', isOptional: true },
    meaning: 'Groups of which that user is a direct member; left out above 200.',
  },
  {
    path: 'job_source',
    class: 'gate',
    isOptional: true,
    meaning: 'What put the job into the pipeline. Since GitLab 18.9.',
  },
  {
    ...{ path: 'job_config', class: 'gate', isOptional: true, type: 'object' },
    meaning: 'Where the job is defined. Since GitLab 18.9.',
  },
  { path: 'job_policy_ref_uri', class: 'gate', isOptional: true, meaning: 'Security policy that added the job.' },
  { path: 'job_policy_ref_sha', class: 'ephemeral', isOptional: true, meaning: 'Commit of that policy.' },
  { path: 'pipeline_id', class: 'ephemeral', from: '{pipelineId}', meaning: 'ID of the pipeline.' },
  { path: 'job_id', class: 'ephemeral', from: '{jobId}', meaning: 'ID of the job.' },
  { path: 'sha', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the job.' },
  { path: 'jti', class: 'ephemeral', from: '{tokenId}', meaning: 'ID of the token.' },
]
