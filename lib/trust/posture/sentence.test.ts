import { expect, test } from 'vitest'
import { of, only, plain, rule, trustOf } from './cases'
import { sentenceOf } from './sentence'
import type { PostureSubject } from './subject'

const ids = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]
const classic = 'repo:acme/app:ref:refs/heads/main'
const immutable = 'repo:acme@6154722/app@966304329:ref:refs/heads/main'

test.each<[string, PostureSubject]>([
  ['GitHub Actions · acme/app · branch main · 15 min', of('github', [only('sub', classic)])],
  ['GitHub Actions · acme/app · branch main · 15 min', of('github', [only('sub', classic, immutable)])],
  [
    'GitHub Actions · acme/app · environment production · 15 min',
    of('github', [rule('sub', 'repo:acme/app:environment:production')]),
  ],
  ['GitHub Actions · acme/app · under any circumstances · 15 min', of('github', [rule('sub', 'repo:acme/app:*')])],
  [
    'GitHub Actions · every repository of acme · under any circumstances · 15 min',
    of('github', [rule('sub', 'repo:acme/*')]),
  ],
  [
    'GitHub Actions · ID of the repository 966304329 · branch main · on push · 15 min',
    of('github', [...ids, only('ref', 'refs/heads/main'), only('event_name', 'push')]),
  ],
  ['GitHub Actions · every caller · under any circumstances · 15 min', of('github', [])],
  ['GitHub Actions · no token passes · 15 min', of('github', [only('sub', 'repo:acme/app:refs/heads/main')])],
  [
    'GitLab CI/CD · acme/web · branch or tag main · 15 min',
    of('gitlab', [only('sub', 'project_path:acme/web:ref_type:branch:ref:main')]),
  ],
  [
    'HCP Terraform and Terraform Enterprise · acme/p/w · phase of the run apply · 15 min',
    of('hcp-terraform', [only('sub', 'organization:acme:project:p:workspace:w:run_phase:apply')]),
  ],
  [
    'Kubernetes, own cluster · payments/api · 15 min',
    of('kubernetes', [only('sub', 'system:serviceaccount:payments:api')]),
  ],
  ['login.acme.dev · deployer · 15 min', plain()],
  ['login.acme.dev · every caller · 15 min', plain({ rules: [rule('sub', '*')] })],
  ['login.acme.dev · azp ci and 1 more · 15 min', plain({ rules: [only('azp', 'ci', 'cd')] })],
  ['Any issuer · deployer · 15 min', plain({ issuer: null })],
  [
    'login.acme.dev · every caller · signs people in',
    {
      policy: trustOf(
        { rules: [rule('sub', '*')], options: { jwtEndpoint: 'https://portal.acme.dev/jwt' } },
        'sign-in',
      ),
      preset: null,
    },
  ],
])('%s', (expected, subject) => {
  expect(sentenceOf(subject)).toBe(expected)
})

test('a hostile trust has a short line', () => {
  const values = Array.from({ length: 1000 }, (_, at) => `*${'x'.repeat(900)}${at}`)
  expect(sentenceOf(of('github', [rule('sub', ...values)])).length).toBeLessThan(400)
})
