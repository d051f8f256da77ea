import type { Claims } from '../preset'

const calledWorkflow = '{calledOwner}/{calledRepository}/.github/workflows/{calledFile}@{calledRef}'

/** Claims of a job of GitHub Actions. Every value is text, numbers and booleans too. */
export const githubClaims: Claims = [
  {
    ...{ path: 'repository_owner_id', class: 'id', role: 'tenant', from: '{ownerId}' },
    meaning: 'ID of the user or organization that owns the repository. Never given to another.',
  },
  {
    ...{ path: 'repository_id', class: 'id', role: 'workload', from: '{repositoryId}' },
    meaning: 'ID of the repository. Kept when it is renamed or transferred, never given to another.',
  },
  {
    ...{ path: 'repository_owner', class: 'name', role: 'tenant', from: '{owner}', id: 'repository_owner_id' },
    isCaseInsensitive: true,
    meaning: 'Name of the owner. It can be changed, and then registered by another person.',
  },
  {
    ...{ path: 'repository', class: 'name', role: 'workload', from: '{owner}/{repository}', id: 'repository_id' },
    isCaseInsensitive: true,
    meaning: 'Owner and name of the repository. Both can be changed.',
  },
  {
    ...{
      path: 'repository_visibility',
      class: 'gate',
      from: '{visibility}',
      values: ['public', 'private', 'internal'],
    },
    meaning: 'Who can see the repository.',
  },
  {
    ...{ path: 'ref', class: 'user', from: '{ref}' },
    meaning: 'Branch or tag of the run, as a full reference: refs/heads/main. Chosen by those who can push.',
  },
  {
    ...{ path: 'ref_type', class: 'gate', from: '{refType}', values: ['branch', 'tag'] },
    meaning: 'Whether the run is about a branch or a tag.',
  },
  {
    ...{ path: 'ref_protected', class: 'gate', from: '{refProtected}', values: ['true', 'false'] },
    meaning: 'Whether a rule protects the branch or tag. A text, not a boolean.',
  },
  {
    ...{ path: 'environment', class: 'gate', from: '{environment}', isOptional: true, id: 'environment_node_id' },
    isCaseInsensitive: true,
    meaning: 'Environment of the job. Without protection rules, every person who can push can name it.',
  },
  {
    ...{ path: 'environment_node_id', class: 'id', from: '{environmentNodeId}', isOptional: true },
    meaning: 'ID of the environment.',
  },
  { path: 'event_name', class: 'gate', from: '{event}', values: events(), meaning: 'Event that started the run.' },
  {
    ...{ path: 'head_ref', class: 'user', from: '{headRef}', example: '' },
    meaning: 'Source branch of a pull request; empty for other events.',
  },
  {
    ...{ path: 'base_ref', class: 'user', from: '{baseRef}', example: '' },
    meaning: 'Target branch of a pull request; empty for other events.',
  },
  { path: 'workflow', class: 'name', from: '{workflow}', meaning: 'Name of the workflow, free text in its file.' },
  {
    ...{ path: 'workflow_ref', class: 'name', role: 'workload' },
    from: '{owner}/{repository}/.github/workflows/{workflowFile}@{ref}',
    meaning: 'Workflow file that was started, with its reference. Of a reusable workflow: the caller.',
  },
  {
    ...{ path: 'job_workflow_ref', class: 'name', role: 'workload', from: calledWorkflow },
    meaning: 'Workflow file with the steps of the job, with its reference. Of a reusable workflow: the called file.',
  },
  {
    ...{ path: 'runner_environment', class: 'gate', from: '{runnerEnvironment}' },
    values: ['github-hosted', 'self-hosted'],
    meaning: 'Who operates the runner. On a self-hosted one, earlier jobs may have left processes behind.',
  },
  {
    ...{ path: 'actor', class: 'user', from: '{actor}', id: 'actor_id' },
    meaning: 'Login of the person who started the run.',
  },
  { path: 'actor_id', class: 'user', from: '{actorId}', meaning: 'ID of the person who started the run.' },
  {
    ...{ path: 'enterprise', class: 'name', role: 'tenant', from: '{enterprise}', isOptional: true },
    ...{ id: 'enterprise_id', meaning: 'Short name of the enterprise.' },
  },
  {
    ...{ path: 'enterprise_id', class: 'id', role: 'tenant', from: '{enterpriseId}', isOptional: true },
    meaning: 'ID of the enterprise.',
  },
  {
    ...{ path: 'repo_property_', isPrefix: true, class: 'name', isOptional: true },
    meaning: 'A custom property of the repository, set by administrators. Several values are one text, with commas.',
  },
  { path: 'sha', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the run.' },
  { path: 'workflow_sha', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the workflow file.' },
  { path: 'job_workflow_sha', class: 'ephemeral', from: '{commit}', meaning: 'Commit of the called workflow file.' },
  { path: 'run_id', class: 'ephemeral', from: '{runId}', meaning: 'ID of the run.' },
  { path: 'run_number', class: 'ephemeral', example: '42', meaning: 'Number of the run.' },
  { path: 'run_attempt', class: 'ephemeral', example: '1', meaning: 'Number of the attempt.' },
  { path: 'check_run_id', class: 'ephemeral', example: '43012345678', meaning: 'ID of the check run of the job.' },
  { path: 'jti', class: 'ephemeral', from: '{tokenId}', meaning: 'ID of the token.' },
]

/** Events that start a workflow, as GitHub names them. */
function events(): string[] {
  const names = `branch_protection_rule check_run check_suite create delete deployment deployment_status discussion
    discussion_comment dynamic fork gollum image_version issue_comment issues label merge_group milestone page_build public
    pull_request pull_request_review pull_request_review_comment pull_request_target push registry_package release
    repository_dispatch schedule status watch workflow_call workflow_dispatch workflow_run`
  return names.split(/\s+/)
}
