import { defineCases, of, only, rule, sampleOf } from '../cases'

const sub = 'repo:acme/payments:ref:refs/heads/main'

export const l11Cases = defineCases({
  rule: 'L11',
  raises: [
    {
      title: 'an owner’s name in the subject',
      subject: of('github', [only('sub', sub)], {}, { sample: sampleOf('github', 'classic') }),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    { title: 'an owner’s name', subject: of('github', [only('repository_owner', 'acme')]) },
    { title: 'owner and repository by name', subject: of('github', [only('repository', 'acme/payments')]) },
    {
      title: 'one form with ids and one without',
      subject: of('github', [rule('sub', sub, 'repo:acme@6154722/payments@966304329:ref:refs/heads/main')]),
    },
    { title: 'a group’s path', subject: of('gitlab', [only('namespace_path', 'acme/platform')]) },
    {
      title: 'an organization’s name',
      subject: of('hcp-terraform', [only('sub', 'organization:acme:project:p:workspace:w:run_phase:apply')]),
    },
    {
      title: 'the address of a service account, which can be created again',
      subject: of('google', [only('email', 'ci@acme.iam.gserviceaccount.com'), only('email_verified', 'true')]),
    },
  ],
  silent: [
    {
      title: 'a subject with ids',
      subject: of('github', [only('sub', 'repo:acme@6154722/payments@966304329:ref:refs/heads/main')]),
    },
    {
      title: 'the owner’s id beside its name',
      subject: of('github', [only('sub', sub), only('repository_owner_id', '6154722')]),
    },
    {
      title: 'the repository’s id beside names',
      subject: of('github', [only('sub', sub), only('repository_id', '966304329')]),
    },
    {
      title: 'an account of a cluster, whose names strangers cannot take',
      subject: of('kubernetes', [only('sub', 'system:serviceaccount:payments:api')]),
    },
  ],
})
