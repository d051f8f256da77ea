import { defineCases, of, only, ownAudience, plain, rule } from '../cases'

const aud = rule('aud', ownAudience)

export const l20Cases = defineCases({
  rule: 'L20',
  raises: [
    {
      title: 'an address that may not be verified',
      subject: plain({ rules: [aud, only('email', 'ci@acme.dev')] }),
      path: ['rules', 1],
    },
    {
      title: 'a text anywhere in the subject',
      subject: of('github', [rule('sub', '*acme/payments*')]),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    { title: 'a text anywhere in a name', subject: of('gitlab', [rule('project_path', '*payments*')]) },
  ],
  silent: [
    {
      title: 'a verified address',
      subject: plain({ rules: [aud, only('email', 'ci@acme.dev'), only('email_verified', 'true')] }),
    },
    {
      title: 'an address beside a subject',
      subject: plain({ rules: [aud, only('email', 'ci@acme.dev'), only('sub', '108')] }),
    },
    { title: 'a pattern that begins fixed', subject: of('github', [rule('sub', 'repo:acme/payments*')]) },
    { title: 'a text anywhere in a gate', subject: of('github', [rule('environment', '*prod*')]) },
  ],
})
