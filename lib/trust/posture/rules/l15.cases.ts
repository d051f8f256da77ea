import { defineCases, of, only, ownAudience, plain, rule, sampleOf } from '../cases'

export const l15Cases = defineCases({
  rule: 'L15',
  raises: [
    {
      title: 'an actor',
      subject: of('github', [only('actor', 'alice')], {}, { sample: sampleOf('github') }),
      path: ['rules', 1],
    },
    { title: 'a branch of any repository', subject: of('github', [only('ref', 'refs/heads/main')]) },
    { title: 'a user of GitLab', subject: of('gitlab', [only('user_email', 'alice@acme.dev')]) },
    {
      title: 'a login name of an unknown issuer',
      subject: plain({ rules: [rule('aud', ownAudience), only('preferred_username', 'ci')] }),
    },
  ],
  silent: [
    {
      title: 'an actor beside repository and branch',
      subject: of('github', [
        only('actor', 'alice'),
        only('repository_id', '966304329'),
        only('ref', 'refs/heads/main'),
      ]),
    },
    { title: 'a subject', subject: of('github', [only('sub', 'repo:acme/payments:ref:refs/heads/main')]) },
    {
      title: 'a login name beside a subject',
      subject: plain({ rules: [rule('aud', ownAudience), only('sub', '1'), only('preferred_username', 'ci')] }),
    },
  ],
})
