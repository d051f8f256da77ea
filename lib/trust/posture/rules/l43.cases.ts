import { defineCases, of, only, rule } from '../cases'

export const l43Cases = defineCases({
  rule: 'L43',
  withoutFix: 'No recommended rule set fits a token that has no owner in its subject, unless a sample is given.',
  raises: [
    {
      title: 'an environment',
      subject: of('github', [only('sub', 'environment:production')]),
      path: ['rules', 1, 'matcher', 'values', 0],
    },
    { title: 'a workflow’s name', subject: of('github', [only('sub', 'workflow:Deploy:ref:refs/heads/main')]) },
    { title: 'a pattern', subject: of('github', [rule('sub', 'ref:refs/heads/main:*')]) },
  ],
  silent: [
    {
      title: 'the repository’s id beside it',
      subject: of('github', [only('sub', 'environment:production'), only('repository_id', '966304329')]),
    },
    {
      title: 'an id first',
      subject: of('github', [only('sub', 'repository_owner_id:6154722:repository_id:966304329:environment:release')]),
    },
    { title: 'the usual subject', subject: of('github', [only('sub', 'repo:acme/payments:environment:production')]) },
  ],
})
