import { defineCases, of, only, plain, rule, sampleOf } from '../cases'

const ids = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]
const value = (at: number, index = 0) => ['rules', at, 'matcher', 'values', index]
const sub = (text: string, ...more: ReturnType<typeof only>[]) => of('github', [rule('sub', text), ...more])

export const l29Cases = defineCases({
  rule: 'L29',
  raises: [
    {
      title: 'a branch without its reference',
      subject: of('github', [...ids, only('event_name', 'push'), only('ref', 'main')]),
      path: value(4),
      says: 'refs/heads/main',
    },
    {
      title: 'refs/head/',
      subject: sub('repo:o/r:ref:refs/head/main', ...ids, only('event_name', 'push')),
      path: value(1),
    },
    { title: 'a reference without its name', subject: sub('repo:o/r:refs/heads/main'), path: value(1) },
    {
      title: 'a wildcard that is compared as a character',
      subject: of('github', [only('sub', 'repo:acme/payments:*')]),
      hasNoFix: true,
    },
    { title: 'a claim of another issuer', subject: of('github', [...ids, only('project_path', 'acme/web')]) },
    {
      title: 'an event in capitals',
      subject: of('github', [...ids, only('event_name', 'Push')]),
      says: 'push',
    },
    {
      title: 'one dead value among good ones',
      subject: of(
        'github',
        [...ids, only('event_name', 'push'), only('ref', 'refs/heads/main', 'main')],
        {},
        { sample: sampleOf('github') },
      ),
      path: value(4, 1),
    },
    {
      title: 'a name in capitals, in a cluster',
      subject: of('kubernetes', [only('sub', 'system:serviceaccount:Payments:api')]),
    },
    {
      title: 'a denial of all that is allowed',
      subject: plain({ rules: [rule('aud', 'https://id.acme.dev'), rule('sub', 'a*', '!a*')] }),
    },
    {
      title: 'two rules on one claim',
      subject: plain({ rules: [rule('aud', 'https://id.acme.dev'), only('sub', 'a'), only('sub', 'b')] }),
      path: ['rules'],
    },
  ],
  silent: [
    { title: 'a reference', subject: of('github', [...ids, only('ref', 'refs/heads/main')]) },
    { title: 'the usual subject', subject: sub('repo:o/r:ref:refs/heads/main') },
    { title: 'a wildcard in a pattern', subject: sub('repo:acme/payments:*') },
    {
      title: 'a branch of GitLab, which has no reference',
      subject: of('gitlab', [only('project_id', '1'), only('ref', 'main')]),
    },
    { title: 'a custom property', subject: of('github', [...ids, only('repo_property_team', 'payments')]) },
    {
      title: 'a claim of an unknown issuer',
      subject: plain({ rules: [rule('aud', 'https://id.acme.dev'), only('ref', 'main')] }),
    },
  ],
})
