import { defineCases, ownAudience, plain, rule, sound } from '../cases'

const bound = (...values: string[]) => ({ rules: [rule('aud', ownAudience), rule('sub', ...values)] })
const sample = { iss: sound.issuer, aud: ownAudience, sub: 'repo:acme/web:ref:refs/heads/main' }
const raising = (value: string) => ({ title: value, subject: plain(bound(value)) })
const silent = (value: string) => ({ title: value, subject: plain(bound(value)) })

export const l55Cases = defineCases({
  rule: 'L55',
  raises: [
    {
      title: 'one placeholder among good values',
      subject: plain(bound(sample.sub, 'repo:octo-org/octo-repo:ref:refs/heads/main'), { sample }),
      path: ['rules', 1, 'matcher', 'values', 1],
      says: 'octo-org',
    },
    raising('repo:<owner>/<repo>:ref:refs/heads/main'),
    raising(`repo:$\{var.org}/web:*`),
    raising('repo:{{ org }}/web:*'),
    raising('repo:__ORG__/web:*'),
    raising('repo:ORG/REPO:environment:prod'),
    raising('repo:your-org/your-repo:*'),
    raising('project_path:example/web:ref_type:branch:ref:main'),
    raising('arn:aws:iam::111111111111:role/deploy'),
    raising('repo:{owner}/web:*'),
  ],
  silent: [
    silent('repo:acme/web:ref:refs/heads/main'),
    silent('repo:acme/example-app:ref:refs/heads/main'),
    silent('repo:exampleco/web:ref:refs/heads/main'),
    silent('repo:acme/{web,api}:ref:refs/heads/main'),
    silent('{2f0c1a7e-8b1d-4a55-9d0e-1f2a3b4c5d6e}:production'),
    silent(`repo:acme/web:ref:refs/heads/release-\\$\{1}`),
    silent('arn:aws:iam::123456789012:role/deploy'),
    silent('repo:acme/org:ref:refs/heads/main'),
  ],
})
