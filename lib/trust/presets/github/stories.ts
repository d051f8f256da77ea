import type { Stories } from '../preset'

const owner = { owner: 'other', ownerId: 'other' } as const
const fork = {
  event: { to: 'pull_request' },
  refKind: { to: 'pull' },
  refName: { to: '12/merge' },
  refProtected: { to: 'false' },
  headRef: 'other',
  baseRef: { to: 'main' },
  environment: { to: null },
  actor: 'other',
  actorId: 'other',
} as const

/** Strangers of every server that runs GitHub Actions. */
export const actionsStories = (usualAudience: string): Stories => [
  {
    ...{ id: 'other-owner', title: 'Repository of the same name at another owner' },
    why: 'Every user of the platform gets tokens of this issuer, and gives repositories any name.',
    change: { ...owner, repositoryId: 'other' },
    closedBy: ['repository_owner_id', 'repository_owner', 'repository_id', 'repository', 'sub'],
  },
  {
    ...{ id: 'recycled-owner', title: 'Owner’s name registered again by another person' },
    why: 'A name that its owner gave up or changed can be registered again, with a repository of the old name.',
    change: { ownerId: 'other', repositoryId: 'other' },
    closedBy: ['repository_owner_id', 'repository_id'],
  },
  {
    ...{ id: 'recreated-repository', title: 'Repository deleted and created again' },
    why: 'The new repository has the old name, and may have other maintainers and no branch rules.',
    change: { repositoryId: 'other' },
    closedBy: ['repository_id'],
  },
  {
    ...{ id: 'other-repository', title: 'Another repository of the same owner' },
    why: 'Every repository of an organization gets tokens, experiments and forks included.',
    change: { repository: 'other', repositoryId: 'other' },
    closedBy: ['repository_id', 'repository', 'sub', 'job_workflow_ref'],
  },
  {
    ...{ id: 'fork-pull-request', title: 'Pull request from a fork' },
    why: 'Its author wrote the code that runs. Settings of private repositories can give such runs a token.',
    change: fork,
    closedBy: ['event_name', 'ref', 'ref_protected', 'sub'],
  },
  {
    ...{ id: 'pull-request-target', title: 'Run for pull_request_target' },
    why: 'It runs with the rights of the target branch, and is often made to check out the code of the pull request.',
    change: { event: { to: 'pull_request_target' }, headRef: 'other', baseRef: { to: '{refName}' }, actor: 'other' },
    closedBy: ['event_name'],
  },
  {
    ...{ id: 'comment', title: 'Run started by a comment' },
    why: 'Everyone who can write a comment starts it, with the same subject as a push to the default branch.',
    change: { event: { to: 'issue_comment' }, actor: 'other', actorId: 'other', runId: 'other' },
    closedBy: ['event_name', 'job_workflow_ref', 'workflow_ref'],
  },
  {
    ...{ id: 'other-branch', title: 'Another branch, with a slash in its name' },
    why: 'Everyone with write access pushes branches; only some branches are reviewed.',
    change: {
      ...{ event: { to: 'push' }, refKind: { to: 'heads' }, refName: { to: 'feature/{refName}' } },
      ...{ refProtected: { to: 'false' }, environment: { to: null }, headRef: { to: null }, baseRef: { to: null } },
    },
    closedBy: ['ref', 'ref_protected', 'environment', 'sub', 'job_workflow_ref'],
  },
  {
    ...{ id: 'environment-of-other-branch', title: 'The same environment, named by a job of another branch' },
    why: 'An environment without a rule for branches takes jobs of all of them.',
    change: {
      ...{ refKind: { to: 'heads' }, refName: { to: 'feature/{refName}' } },
      ...{ refProtected: { to: 'false' }, environment: { to: '{environment}' } },
    },
    closedBy: ['ref', 'ref_protected', 'job_workflow_ref', 'workflow_ref'],
  },
  {
    ...{ id: 'tag', title: 'Tag named like the branch' },
    why: 'Who can push a tag but not the branch gets a reference that ends in the same name.',
    change: {
      ...{ event: { to: 'push' }, refKind: { to: 'tags' } },
      ...{ refProtected: { to: 'false' }, environment: { to: null } },
    },
    when: { refKind: ['heads'] },
    closedBy: ['ref', 'ref_type', 'ref_protected', 'environment', 'sub', 'job_workflow_ref'],
  },
  {
    ...{ id: 'unprotected', title: 'The branch without its protection' },
    why: 'When the rule of the branch is removed, everyone with write access pushes to it, and nothing else changes.',
    change: { refProtected: { to: 'false' } },
    closedBy: ['ref_protected'],
  },
  {
    ...{ id: 'other-workflow', title: 'Another workflow of the repository' },
    why: 'Every workflow that asks for a token gets one with the same subject.',
    change: { workflow: 'other', workflowFile: 'other', runId: 'other' },
    closedBy: ['job_workflow_ref', 'workflow_ref'],
  },
  {
    ...{ id: 'foreign-workflow', title: 'The job’s steps are from a workflow of another repository' },
    why: 'A called workflow runs with the caller’s token; its maintainers decide what is done with it.',
    change: { calledOwner: 'other', calledRepository: 'other', calledRef: { to: 'refs/heads/main' } },
    closedBy: ['job_workflow_ref'],
  },
  {
    ...{ id: 'foreign-caller', title: 'The workflow, called by a repository of another owner' },
    why: 'job_workflow_ref names the called file. Every repository that may read it can call it.',
    change: {
      ...{ ...owner, repository: 'other', repositoryId: 'other', calledOwner: { to: '{calledOwner}' } },
      ...{ calledRepository: { to: '{calledRepository}' }, calledFile: { to: '{calledFile}' } },
    },
    closedBy: ['repository_owner_id', 'repository_id', 'repository_owner', 'repository', 'sub'],
  },
  {
    ...{ id: 'workflow-at-other-ref', title: 'The same workflow file at another reference' },
    why: 'A branch may hold another version of the file, which was not reviewed.',
    change: { calledRef: { to: 'refs/heads/feature/{refName}' } },
    closedBy: ['job_workflow_ref'],
  },
  {
    ...{ id: 'self-hosted', title: 'Job on a self-hosted runner' },
    why: 'An earlier job on the same machine may have left a process that reads the token.',
    change: { runnerEnvironment: { to: 'self-hosted' } },
    closedBy: ['runner_environment'],
  },
  {
    ...{ id: 'usual-audience', title: 'The job’s token for another service' },
    why: 'A service that receives a token with the usual audience could pass it on.',
    change: { tokenId: 'other' },
    ...{ audience: usualAudience, closedBy: ['aud'] },
  },
]

/** Strangers of github.com alone. */
export const githubStories: Stories = [
  ...actionsStories('https://github.com/{owner}'),
  {
    ...{ id: 'hyphen-lookalike', title: 'Names that look like names with IDs' },
    why: 'Everyone can register acme-6154722 with a repository payments-966304329; only @ cannot be in a name.',
    change: {
      ...{ owner: { to: '{owner}-{ownerId}' }, repository: { to: '{repository}-{repositoryId}' } },
      ...{ ownerId: 'other', repositoryId: 'other' },
    },
    closedBy: ['repository_owner_id', 'repository_owner', 'repository_id', 'repository', 'sub'],
  },
  {
    ...{ id: 'foreign-enterprise', title: 'Enterprise with an issuer of its own' },
    why: 'Another enterprise’s issuer begins with the same text, and its organizations have names of their own.',
    change: { ...owner, repositoryId: 'other', enterprise: 'other', enterpriseId: 'other' },
    issuer: 'https://token.actions.githubusercontent.com/evil-group',
    closedBy: ['iss', 'repository_owner_id'],
  },
  {
    ...{ id: 'depot', title: 'Token of Depot CI about the same repository' },
    why: 'A second company vouches for the same repository with the same claims, also with its IDs.',
    change: { tokenId: 'other' },
    ...{ issuer: 'https://identity.depot.dev', hasOtherKeys: true, closedBy: ['iss'] },
  },
  {
    ...{ id: 'forgejo', title: 'Token of a Forgejo server with the same names' },
    why: 'Forgejo’s claims have GitHub’s names. Owner and repository are registered there by other people.',
    change: { ownerId: 'other', repositoryId: 'other' },
    ...{ issuer: 'https://codeberg.org/api/actions', hasOtherKeys: true, closedBy: ['iss', 'repository_owner_id'] },
  },
]
