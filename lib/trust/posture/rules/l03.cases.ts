import { defineCases, of, only, ownAudience, plain, rule, sampleOf, trustOf } from '../cases'

const sample = sampleOf('github', 'classic')
const value = (at: number) => ['rules', 1, 'matcher', 'values', at]
const wide = (text: string) => ({ title: text, subject: of('github', [rule('sub', text)]), path: value(0) })
const unknown = (text: string) => ({
  title: `${text}, of an unknown issuer`,
  subject: plain({ rules: [rule('aud', ownAudience), rule('sub', text)] }),
})

export const l03Cases = defineCases({
  rule: 'L03',
  raises: [
    {
      title: 'one wildcard among good values',
      subject: of('github', [rule('sub', 'repo:acme/payments:*', '*')], {}, { sample }),
      path: value(1),
    },
    wide('*'),
    wide('repo:*'),
    wide('repo:ac*'),
    wide('repo:*/payments:ref:refs/heads/main'),
    wide('repo:acm?/payments:*'),
    {
      title: 'a denial alone',
      subject: of('github', [rule('sub', '!repo:evil/*')]),
      path: ['rules', 1],
      says: 'may not',
    },
    { title: 'organization:*', subject: of('hcp-terraform', [rule('sub', 'organization:*')]) },
    { title: 'project_path:a*', subject: of('gitlab', [rule('sub', 'project_path:a*:ref_type:branch:ref:main')]) },
    { title: 'every namespace', subject: of('kubernetes', [rule('sub', 'system:serviceaccount:*:deployer')]) },
    { title: 'an owner’s name without its end', subject: of('github', [rule('repository_owner', 'acme*')]) },
    unknown('*'),
    unknown('repo:*'),
    unknown('repo:ac*'),
    unknown('spiffe://*'),
    unknown('arn:aws:iam::*'),
    unknown('!admin'),
  ],
  silent: [
    { title: 'an exact subject', subject: of('github', [rule('sub', 'repo:o/r:ref:refs/heads/main')]) },
    { title: 'every repository of an owner', subject: of('github', [rule('sub', 'repo:acme/*')]) },
    { title: 'a wildcard beside an id', subject: of('github', [rule('sub', '*'), only('repository_id', '966304329')]) },
    { title: 'two owners in braces', subject: of('github', [rule('sub', 'repo:{acme,acme-labs}/payments:*')]) },
    {
      title: 'a denial beside an owner',
      subject: of('github', [rule('sub', 'repo:acme/*', '!repo:acme/playground:*')]),
    },
    { title: 'a group of groups', subject: of('gitlab', [rule('sub', 'project_path:acme/*')]) },
    { title: 'a literal star that is no pattern', subject: of('github', [only('sub', 'repo:*')]) },
    {
      title: 'a pattern below an owner, of an unknown issuer',
      subject: plain({ rules: [rule('aud', ownAudience), rule('sub', 'repo:acme/*')] }),
    },
    {
      title: 'a trust of people',
      subject: {
        policy: trustOf(
          { rules: [rule('sub', '*')], options: { jwtEndpoint: 'https://portal.acme.dev/jwt' } },
          'sign-in',
        ),
        preset: null,
      },
    },
  ],
})
