import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyJob } from '@/e2e/fixtures/any-job'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { findClaim, stringsOf } from '../claims'
import type { JsonObject } from '../json/json'
import { newWork } from '../matchers/glob'
import { ClaimRule } from '../policy'
import { presetOf, presets } from '../presets'
import type { Preset } from '../presets/preset'
import { claimsOf } from '../presets/sample-claims'
import { acceptsClaims } from './accepts'
import { deadValues, isDead } from './dead'
import type { DeadCause } from './deadness'

const rule = (path: string, kind: string, values: string[], more: object = {}) =>
  ClaimRule.parse({ path, matcher: { kind, values }, ...more })
const glob = (path: string, ...values: string[]) => rule(path, 'glob-any', values)
const exact = (path: string, ...values: string[]) => rule(path, 'equals-any', values)
const known = (id: string) => presetOf(id) ?? expect.fail(`no preset ${id}`)

describe('a dead rule is told with its cause', () => {
  const main = 'repo:acme/web:ref:refs/heads/main'
  const cases: [string, string, ClaimRule, DeadCause, string?][] = [
    [
      'head for heads',
      'github',
      glob('sub', 'repo:acme/web:ref:refs/head/main'),
      'wrong-ref',
      'repo:acme/web:ref:refs/heads/main',
    ],
    [
      'the same with a wildcard',
      'github',
      glob('sub', 'repo:acme/*:ref:refs/head/main'),
      'wrong-ref',
      'repo:acme/*:ref:refs/heads/main',
    ],
    [
      'the same of a subject with IDs',
      'github',
      exact('sub', 'repo:acme@1/web@2:ref:ref/heads/main'),
      'wrong-ref',
      'repo:acme@1/web@2:ref:refs/heads/main',
    ],
    ['a branch without its reference', 'github', exact('ref', 'main'), 'wrong-ref', 'refs/heads/main'],
    [
      'the same inside a subject',
      'github',
      glob('sub', 'repo:acme/web:ref:main'),
      'wrong-ref',
      'repo:acme/web:ref:refs/heads/main',
    ],
    ['* compared exactly', 'github', exact('sub', 'repo:acme/web:*'), 'literal-wildcard'],
    ['* in a list of which every value counts', 'gitlab', rule('ref', 'subset-of', ['release/*']), 'literal-wildcard'],
    ['a fixed word in capitals', 'github', glob('sub', 'Repo:acme/web:*'), 'wrong-case', 'repo:acme/web:*'],
    ['a value in capitals', 'github', exact('ref_protected', 'True'), 'wrong-case', 'true'],
    ['an event in capitals', 'gitlab', exact('pipeline_source', 'PUSH'), 'wrong-case', 'push'],
    ['an event that does not exist', 'github', exact('event_name', 'pull-request'), 'misspelt', 'pull_request'],
    ['blanks', 'github', exact('repository_id', ' 966304329'), 'blank', '966304329'],
    ['a regular expression', 'github', glob('sub', '^repo:acme/web:.*$'), 'regular-expression', 'repo:acme/web:*'],
    ['a list in one value', 'github', glob('sub', 'a, *'), 'list'],
    ['two subjects in one value', 'github', exact('sub', `${main}, ${main}2`), 'list'],
    ['a name where an ID is sent', 'github', exact('repository_id', 'acme/web'), 'unknown-value'],
    [
      'a subject of GitLab at GitHub',
      'github',
      exact('sub', 'project_path:acme/web:ref_type:branch:ref:main'),
      'other-issuer',
    ],
    ['a subject of GitHub at GitLab', 'gitlab', glob('sub', 'repo:acme/web:*'), 'other-issuer'],
    [
      'a subject of a cluster at HCP Terraform',
      'hcp-terraform',
      exact('sub', 'system:serviceaccount:a:b'),
      'other-issuer',
    ],
    ['a claim of GitLab at GitHub', 'github', exact('project_path', 'acme/web'), 'other-issuer'],
    ['a misspelt claim', 'github', exact('repository_ownr_id', '1'), 'not-sent', 'repository_owner_id'],
    ['a claim in capitals', 'gitlab', exact('Project_ID', '1'), 'not-sent', 'project_id'],
    [
      'dots for the steps of an address',
      'kubernetes',
      exact('kubernetes.io.namespace', 'a'),
      'not-sent',
      '/kubernetes.io/namespace',
    ],
    [
      'a project without its namespace',
      'hcp-terraform',
      glob('sub', 'organization:acme:workspace:web:*'),
      'unknown-value',
    ],
    [
      'a slash too many',
      'kubernetes',
      exact('sub', 'system:serviceaccount:payments/api'),
      'misspelt',
      'system:serviceaccount:payments:api',
    ],
    [
      'a word left out',
      'kubernetes',
      exact('sub', 'system:serviceacount:payments:api'),
      'misspelt',
      'system:serviceaccount:payments:api',
    ],
    [
      'capitals in a namespace',
      'kubernetes',
      exact('sub', 'system:serviceaccount:Payments:api'),
      'wrong-case',
      'system:serviceaccount:payments:api',
    ],
    ['a subject that goes on', 'kubernetes', exact('sub', 'system:serviceaccount:payments'), 'incomplete'],
    [
      'a phase left out',
      'hcp-terraform',
      exact('sub', 'organization:acme:project:Default Project:workspace:web'),
      'incomplete',
      'organization:acme:project:Default Project:workspace:web:run_phase:apply',
    ],
    ['a full reference at GitLab', 'gitlab', exact('ref', 'refs/heads/main'), 'wrong-ref', 'main'],
    ['every text of a number', 'gitlab', rule('runner_id', 'subset-of', ['12']), 'wrong-type'],
    ['another text of a number', 'gitlab', exact('runner_id', '0x12'), 'unknown-value'],
    ['an object', 'gitlab', exact('job_config', 'x'), 'wrong-type'],
    [
      'a branch of a called workflow',
      'github',
      exact('job_workflow_ref', 'a/b/.github/workflows/c.yml@main'),
      'wrong-ref',
      'a/b/.github/workflows/c.yml@refs/heads/main',
    ],
    [
      'a called workflow without its reference',
      'github',
      exact('job_workflow_ref', 'a/b/.github/workflows/c.yml'),
      'incomplete',
      'a/b/.github/workflows/c.yml@refs/heads/main',
    ],
    [
      'an environment in capitals',
      'vercel',
      exact('sub', 'owner:acme:project:web:environment:Production'),
      'wrong-case',
      'owner:acme:project:web:environment:production',
    ],
    ['an extended glob', 'github', glob('ref', '@(refs/heads/main)'), 'unreadable'],
    ['a denial of all that is allowed', 'github', glob('ref', 'refs/heads/main', '!refs/heads/*'), 'contradiction'],
    ['a denial of all that is sent', 'github', glob('ref_protected', '*', '!true', '!false'), 'contradiction'],
  ]

  test.each(cases)('%s', (_, id, one, why, didYouMean) => {
    const found = isDead(one, known(id), { others: presets })
    expect(found).toMatchObject({ dead: true, why })
    if (found !== 'unknown' && found.dead) expect(found.didYouMean).toBe(didYouMean ?? found.didYouMean)
    if (didYouMean !== undefined) expect(found).toHaveProperty('didYouMean', didYouMean)
  })
})

describe('a rule that looks alike and lives is not dead', () => {
  test.each<[string, string, ClaimRule]>([
    ['a reference', 'github', glob('sub', 'repo:acme/web:ref:refs/heads/main')],
    [
      'one dead value among good ones',
      'github',
      glob('sub', 'repo:acme/web:ref:main', 'repo:acme/web:ref:refs/heads/main'),
    ],
    ['a branch named head', 'github', exact('ref', 'refs/heads/head/main')],
    ['a branch at GitLab, without a reference', 'gitlab', exact('ref', 'main')],
    ['a wildcard in a pattern', 'github', glob('sub', 'repo:acme/web:*')],
    ['* alone', 'github', glob('sub', '*')],
    ['a colon in an environment, as it is written', 'github', exact('sub', 'repo:acme/web:environment:eu%3Aprod')],
    ['the text of a boolean', 'github', exact('ref_protected', 'true')],
    ['a number as text', 'gitlab', exact('runner_id', '12')],
    [
      'a blank in a project',
      'hcp-terraform',
      exact('sub', 'organization:acme:project:Default Project:workspace:web:run_phase:apply'),
    ],
    ['a custom property of a repository', 'github', exact('repo_property_team', 'x')],
    ['an audience, which jobs choose', 'github', exact('aud', 'anything at all')],
    ['a denial of something else', 'github', glob('ref', '!refs/heads/x')],
    [
      'a claim that may be absent, allowed to be',
      'github',
      rule('environment', 'glob-any', ['!*'], { whenAbsent: 'allow' }),
    ],
    ['the empty text for no pull request', 'github', exact('head_ref', '')],
  ])('%s', (_, id, one) => {
    expect(isDead(one, known(id), { others: presets })).toEqual({ dead: false })
  })

  test('a subject that an administrator has to compose is said to be one', () => {
    expect(isDead(exact('sub', 'repository_owner_id:1:repository_id:2'), known('github'))).toEqual({
      dead: false,
      needs: 'composed-subject',
    })
    expect(isDead(exact('sub', 'repo:acme/web'), known('github'))).toEqual({ dead: false, needs: 'composed-subject' })
  })

  test('a claim that no preset has is not known', () => {
    expect(isDead(exact('something_new', 'x'), known('github'), { others: presets })).toBe('unknown')
  })

  test('directories are set up by their administrators, so no claim is foreign to them', () => {
    expect(isDead(exact('repository_id', '1'), known('keycloak'), { others: presets })).toBe('unknown')
  })

  test('without a preset only a contradiction is dead', () => {
    expect(isDead(glob('sub', 'repo:acme/web:ref:refs/head/main'))).toEqual({ dead: false })
    expect(isDead(glob('sub', 'a*', '!a*'))).toMatchObject({ dead: true, why: 'contradiction' })
    expect(isDead(rule('roles', 'subset-of', []))).toMatchObject({ dead: true, why: 'contradiction' })
  })
})

describe('bounds', () => {
  test('a thousand long values end in an answer or in none', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `${'repo:acme/'.repeat(100)}${index}`)
    expect(isDead(exact('sub', ...values), known('github'))).not.toEqual({ dead: false })
    expect(isDead(glob('sub', ...values.map((value) => `${value}*`)), known('github'))).not.toEqual({ dead: false })
  })

  test('a thousand values, of which the last lives, are not dead', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `repo:acme/service-${index}:ref:main`)
    expect(
      isDead(exact('sub', ...values.slice(1), 'repo:acme/web:ref:refs/heads/main'), known('github')),
    ).not.toHaveProperty('dead', true)
  })
})

test('places of dead values', () => {
  const one = glob('sub', 'repo:acme/web:ref:refs/heads/main', 'repo:acme/web:ref:main', '!repo:acme/x:*', 'Repo:*')
  expect(deadValues(one, known('github'))).toEqual([1, 3])
})

const slips = [
  (text: string) => text,
  (text: string) => text.slice(0, -1),
  (text: string) => `${text}x`,
  (text: string) => text.toUpperCase(),
  (text: string) => text.replace('s/', '/'),
  (text: string) => text.replace(/[^:/]+$/, '*'),
  (text: string) => text.replace(':', '/'),
  (text: string) => text.replace(/\d/, '?'),
  (text: string) => `*${text.slice(text.length / 2)}`,
]

test.each(presets.map((preset): [string, Preset] => [preset.id, preset]))(
  '%s: no token refutes that a rule is dead, and its own rules live',
  (_, preset) => {
    const making = { now: 1_790_000_000, audience: 'https://keybound.example' }
    fc.assert(
      fc.property(
        anyJob(preset),
        fc.constantFrom('sub', ...preset.claims.map(({ path }) => path)),
        fc.constantFrom(...slips),
        fc.boolean(),
        fc.array(anyJob(preset), { minLength: 10, maxLength: 10 }),
        (job, path, slip, isGlob, jobs) => {
          const tokens = [job, ...jobs].map((one) => claimsOf(preset, one, making))
          const [token] = tokens
          const text = textAt(token, path)
          if (text === null) return
          const one = ClaimRule.safeParse({
            path,
            matcher: { kind: isGlob ? 'glob-any' : 'equals-any', values: [slip(text)] },
          })
          if (!one.success) return
          const found = isDead(one.data, preset, { others: presets })
          if (found === 'unknown' || !found.dead) return
          for (const each of tokens)
            expect(acceptsClaims([one.data], each, newWork()), JSON.stringify({ found, one, each })).toBe(false)
          if (found.didYouMean !== undefined && found.why !== 'not-sent') {
            expect(
              isDead(
                ClaimRule.parse({ path, matcher: { kind: one.data.matcher.kind, values: [found.didYouMean] } }),
                preset,
              ),
            ).not.toHaveProperty('dead', true)
          }
        },
      ),
      { numRuns: propertyRuns(25) },
    )
  },
)

function textAt(token: JsonObject | undefined, path: string): string | null {
  const claim = token && findClaim(token, path)
  return claim === undefined ? null : (stringsOf(claim)[0] ?? null)
}
