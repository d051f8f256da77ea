import type { RuleSets } from '../preset'

const repositoryIds = [
  { path: 'repository_owner_id', values: ['{ownerId}'] },
  { path: 'repository_id', values: ['{repositoryId}'] },
]
const calledFile = '{calledOwner}/{calledRepository}/.github/workflows/{calledFile}@{calledRef}'
const workflow = { path: 'job_workflow_ref', values: [calledFile] }
const event = { path: 'event_name', values: ['{event}'] }
const runner = { path: 'runner_environment', values: ['{runnerEnvironment}'] }
const isProtected = { path: 'ref_protected', values: ['true'] }

export const actionsRuleSets: RuleSets = [
  {
    ...{ id: 'branch', title: 'Deploy from the default branch', sample: 'branch' },
    why: 'One repository by its IDs, one protected branch, one workflow file and one event.',
    rules: [...repositoryIds, { path: 'ref', values: ['{ref}'] }, isProtected, event, workflow, runner],
  },
  {
    ...{ id: 'environment', title: 'Deploy to an environment', sample: 'environment' },
    why: 'The environment’s own rules decide which branches and reviewers; the workflow file decides what runs.',
    rules: [
      ...repositoryIds,
      ...[{ path: 'environment', values: ['{environment}'] }, isProtected, event, workflow, runner],
    ],
  },
  {
    ...{ id: 'pull-requests', title: 'Pull requests, for read access', sample: 'pull-request' },
    why: 'The code of a pull request is not reviewed yet. Give this trust nothing that writes.',
    rules: [...repositoryIds, { path: 'event_name', values: ['pull_request'] }, runner],
    admits: ['fork-pull-request', 'other-workflow', 'foreign-workflow', 'workflow-at-other-ref'],
  },
]

/** What package registries ask of a publisher. */
export const registryRuleSets: RuleSets = [
  {
    ...{ id: 'pypi', title: 'What PyPI pins', sample: 'branch' },
    why: 'Owner by name and ID, repository by name, workflow file with its reference; not pull_request_target.',
    rules: [
      { path: 'repository_owner', values: ['{owner}'] },
      { path: 'repository_owner_id', values: ['{ownerId}'] },
      { path: 'repository', values: ['{owner}/{repository}'] },
      ...[workflow, event],
    ],
    admits: ['recreated-repository', 'unprotected', 'self-hosted'],
  },
  {
    ...{ id: 'npm', title: 'What npm pins', sample: 'branch' },
    why: 'Repository and workflow file by name, on runners of GitHub alone.',
    rules: [
      { path: 'repository', values: ['{owner}/{repository}'] },
      ...[workflow, { path: 'runner_environment', values: ['github-hosted'] }],
    ],
    admits: ['recycled-owner', 'recreated-repository', 'pull-request-target', 'comment', 'unprotected'],
  },
]
