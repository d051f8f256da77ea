import { defineCases, of, only, rule, sampleOf } from '../cases'

const ids = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]

export const l14Cases = defineCases({
  rule: 'L14',
  raises: [
    {
      title: 'the subject of a pull request',
      subject: of('github', [rule('sub', 'repo:acme/payments:pull_request')]),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    {
      title: 'a wildcard that fits it, for what writes',
      subject: of('github', [rule('sub', 'repo:acme/payments:*')], {}, { access: 'write' }),
      severity: 'critical',
    },
    { title: 'ids alone', subject: of('github', ids, {}, { sample: sampleOf('github') }) },
    {
      title: 'the event',
      subject: of('github', [...ids, only('event_name', 'push', 'pull_request')]),
      says: 'pull_request',
    },
    { title: 'pull_request_target', subject: of('github', [...ids, only('event_name', 'pull_request_target')]) },
    {
      title: 'merge requests',
      subject: of('gitlab', [only('project_id', '20561'), only('pipeline_source', 'merge_request_event')]),
    },
    { title: 'every pipeline of a project', subject: of('gitlab', [rule('sub', 'project_path:acme/web:*')]) },
    {
      title: 'forks, which only their origin tells',
      subject: of('circleci', [only('oidc.circleci.com/project-id', '2b1c0d9e-8f7a-4b6c-9d5e-4f3a2b1c0d9e')]),
    },
  ],
  silent: [
    { title: 'a branch', subject: of('github', [rule('sub', 'repo:acme/payments:ref:refs/heads/main')]) },
    { title: 'pushes', subject: of('github', [...ids, only('event_name', 'push')]) },
    {
      title: 'protected references',
      subject: of('gitlab', [only('project_id', '20561'), only('ref_protected', 'true')]),
    },
    {
      title: 'a pull request that can only read',
      subject: of('github', [rule('sub', 'repo:acme/payments:pull_request')], {}, { access: 'read' }),
    },
    {
      title: 'a branch that is named so',
      subject: of('github', [rule('sub', 'repo:acme/payments:ref:refs/heads/pull_request')]),
    },
  ],
})
