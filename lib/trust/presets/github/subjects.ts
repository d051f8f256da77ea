import type { Subjects } from '../preset'

/** Subjects with names alone. An environment comes before a pull request, that before the reference. */
export const classicSubjects: Subjects = [
  {
    ...{ id: 'classic-environment', title: 'Names, environment', form: 'classic', escape: 'colon', isLegacy: true },
    template: 'repo:{owner}/{repository}:environment:{environment}',
  },
  {
    ...{ id: 'classic-pull-request', title: 'Names, pull request', form: 'classic', escape: 'colon', isLegacy: true },
    ...{ template: 'repo:{owner}/{repository}:pull_request', when: { event: ['pull_request'] } },
  },
  {
    ...{ id: 'classic-ref', title: 'Names, branch or tag', form: 'classic', escape: 'colon', isLegacy: true },
    template: 'repo:{owner}/{repository}:ref:{ref}',
  },
]

const repo = 'repo:{owner}@{ownerId}/{repository}@{repositoryId}'

/** Subjects with names and IDs. An `@` cannot be part of a name. */
export const immutableSubjects: Subjects = [
  {
    ...{ id: 'immutable-environment', title: 'IDs, environment', form: 'immutable', escape: 'colon' },
    ...{ template: `${repo}:environment:{environment}`, since: '2026-07-15' },
  },
  {
    ...{ id: 'immutable-pull-request', title: 'IDs, pull request', form: 'immutable', escape: 'colon' },
    ...{ template: `${repo}:pull_request`, when: { event: ['pull_request'] }, since: '2026-07-15' },
  },
  {
    ...{ id: 'immutable-ref', title: 'IDs, branch or tag', form: 'immutable', escape: 'colon' },
    ...{ template: `${repo}:ref:{ref}`, since: '2026-07-15' },
  },
]

/** What `include_claim_keys` can put together. */
export const githubSubjectParts: string[] = [
  repo,
  'repo:{owner}/{repository}',
  'environment:{environment}',
  'pull_request',
  'ref:{ref}',
  'repository:{owner}/{repository}',
  'repository_id:{repositoryId}',
  'repository_owner:{owner}',
  'repository_owner_id:{ownerId}',
  'repository_visibility:{visibility}',
  'job_workflow_ref:{calledOwner}/{calledRepository}/.github/workflows/{calledFile}@{calledRef}',
  'workflow_ref:{owner}/{repository}/.github/workflows/{workflowFile}@{ref}',
  'workflow:{workflow}',
  'event_name:{event}',
  'ref_type:{refType}',
  'ref_protected:{refProtected}',
  'head_ref:{headRef}',
  'base_ref:{baseRef}',
  'actor:{actor}',
  'actor_id:{actorId}',
  'runner_environment:{runnerEnvironment}',
  'enterprise:{enterprise}',
  'enterprise_id:{enterpriseId}',
]
