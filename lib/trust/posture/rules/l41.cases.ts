import { defineCases, of, only, ownAudience, plain, rule, sampleOf } from '../cases'

const hcp = (sub: string, ...more: ReturnType<typeof only>[]) => of('hcp-terraform', [rule('sub', sub), ...more])

export const l41Cases = defineCases({
  rule: 'L41',
  raises: [
    {
      title: 'a workspace without its end',
      subject: {
        ...hcp('organization:acme:project:Default Project:workspace:payments-prod*'),
        sample: sampleOf('hcp-terraform'),
      },
      path: ['rules', 1, 'matcher', 'values', 0],
      says: 'organization:acme:project:Default Project:workspace:payments-prod',
    },
    { title: 'an owner without its end', subject: of('github', [rule('sub', 'repo:acme-*')]) },
    {
      title: 'a repository without its end',
      subject: of('github', [rule('sub', 'repo:acme/pay*:ref:refs/heads/main')]),
    },
    { title: 'a name in a claim', subject: of('github', [rule('repository', 'acme/pay*')]) },
    { title: 'a namespace without its end', subject: of('kubernetes', [rule('sub', 'system:serviceaccount:pay*')]) },
    {
      title: 'a pattern of an unknown issuer',
      subject: plain({ rules: [rule('aud', ownAudience), rule('sub', 'team/web*')] }),
    },
  ],
  silent: [
    { title: 'a workspace with its end', subject: hcp('organization:acme:project:p:workspace:w:*') },
    { title: 'every workspace', subject: hcp('organization:acme:project:p:workspace:*') },
    {
      title: 'a name beside its id',
      subject: hcp('organization:acme:project:p:workspace:w*', only('terraform_workspace_id', 'ws-mbsd5E3Ktt5Rg2Xm')),
    },
    { title: 'tags of one repository', subject: of('github', [rule('sub', 'repo:acme/payments:ref:refs/tags/v*')]) },
    { title: 'an owner with its end', subject: of('github', [rule('sub', 'repo:acme/*')]) },
    { title: 'an owner and ids with its end', subject: of('github', [rule('sub', 'repo:acme@6154722/*')]) },
    {
      title: 'a whole step of an unknown issuer',
      subject: plain({ rules: [rule('aud', ownAudience), rule('sub', 'team/web/*')] }),
    },
  ],
})
