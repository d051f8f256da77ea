import { describe, expect, test } from 'vitest'
import type { LastInForce } from '@/lib/model/change-judgement'
import type { AnalysisAnswer, FixAnswer, RecognitionAnswer } from '@/lib/model/posture'
import type { ProposalAnswer } from '@/lib/model/proposal-answers'
import { compare } from '@/lib/trust/analysis/compare'
import { acceptsToken } from '@/lib/trust/analysis/judge-claims'
import { applyPatch } from '@/lib/trust/json/apply-patch'
import { type ClaimRule, TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { answerTo } from './answer-to'
import type { Review } from './questions'

const issuer = 'https://token.actions.githubusercontent.com'
const keys = [{ kind: 'jwks-url' as const, url: `${issuer}/.well-known/jwks`, caCert: '' }]
const context = { now: 1_790_000_000, ownAudience: 'https://keybound.example' }

const glob = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

const trust = (rules: ClaimRule[], more: object = {}): JudgedPolicy => ({
  ...TrustPolicy.parse({ issuer, keys, rules, ...more }),
  ...{ name: 'deployer', enabled: true, kind: 'jwt', options: { inactiveKeys: null } },
})

const analyse = (policy: JudgedPolicy) =>
  answerTo({ id: 1, name: 'analyse', input: { policy, ...context } }) as AnalysisAnswer

test('proposed rules accept their tokens, say who else gets in, and are taken by a change of the draft', () => {
  const draft = trust([glob('sub', '*')])
  const tokens = ['1', '2'].map((run) => ({
    ...sampleClaims(github, { now: context.now, audience: 'kb' }),
    run_id: run,
  }))
  const asked = { id: 1, name: 'propose' as const, input: { policy: draft, tokens, now: context.now } }
  const [tightest] = answerTo(asked) as ProposalAnswer[]
  expect(tightest!.strangers).toMatchObject({ admitted: [] })
  expect(tightest!.strangers!.total).toBeGreaterThan(3)
  const taken = applyPatch(draft, tightest!.fix.changes)!
  expect(taken.rules).toEqual(tightest!.rules)
  for (const token of tokens) expect(acceptsToken(taken, token)).toBe(true)
})

const review = (before: JudgedPolicy | null, after: JudgedPolicy) =>
  answerTo({ id: 1, name: 'review', input: { before, after, ...context } }) as Review

const fixesOf = ({ findings, strangers }: AnalysisAnswer): FixAnswer[] => [
  ...findings.flatMap(({ fix }) => fix ?? []),
  ...strangers.flatMap(({ smallestFix }) => smallestFix ?? []),
]

test('the key set of a shared issuer alone blocks, and strangers get in', () => {
  const { findings, strangers, preset } = analyse(trust([], { issuer: null }))
  expect(preset?.id).toBe('github')
  expect(findings.some(({ blocks }) => blocks)).toBe(true)
  expect(strangers.filter(({ admitted }) => admitted).length).toBeGreaterThan(1)
})

describe('no fix that is offered accepts more than the draft', () => {
  test.each<[string, ClaimRule[]]>([
    ['nothing bound', []],
    ['an audience of many', [glob('aud', 'sts.amazonaws.com'), glob('sub', 'repo:octo-org/api:ref:refs/heads/main')]],
    ['a wide pattern', [glob('aud', 'https://keybound.example'), glob('sub', 'repo:octo-*/**')]],
    [
      'the classic form alone',
      [glob('aud', 'https://keybound.example'), glob('sub', 'repo:octo-org/api:ref:refs/heads/main')],
    ],
    ['a dead reference', [glob('sub', 'repo:octo-org/api:ref:refs/head/main')]],
  ])('%s', (_, rules) => {
    const policy = trust(rules)
    const analysed = analyse(policy)
    for (const { changes } of fixesOf(analysed)) {
      const fixed = applyPatch(policy, changes)!
      expect(compare(policy, fixed).dimensions.map(({ relation }) => relation)).not.toContain('wider')
    }
    expect(fixesOf(analysed).length).toBeGreaterThan(0)
  })
})

describe('a review', () => {
  const tight = trust([glob('aud', 'https://keybound.example'), glob('sub', 'repo:octo-org/api:ref:refs/heads/main')])

  test('says what a change accepts in addition, with a value, and how many strangers more', () => {
    const open = trust([glob('aud', 'https://keybound.example'), glob('sub', 'repo:octo-org/*:*')])
    const { comparison, before, after } = review(tight, open)
    expect(comparison?.relation).toBe('wider')
    const subject = comparison?.dimensions.find(({ id }) => id === 'rules.sub')
    expect(subject).toMatchObject({ relation: 'wider', accepted: { value: expect.stringMatching(/^repo:octo-org\//) } })
    const count = (one: AnalysisAnswer | null) => one?.strangers.filter(({ admitted }) => admitted).length ?? 0
    expect(count(after)).toBeGreaterThan(count(before))
  })

  test('of a new trust compares with nothing', () => {
    expect(review(null, tight)).toMatchObject({ comparison: null, before: null, relation: null })
  })

  test('of a disabled trust is compared with what was in force before it was disabled', () => {
    const open = trust([glob('aud', 'https://keybound.example'), glob('sub', 'repo:octo-org/*:*')])
    const widened = { ...open, enabled: false }
    const relationTo = (inForce: LastInForce) =>
      (answerTo({ id: 1, name: 'review', input: { before: widened, after: open, inForce, ...context } }) as Review)
        .relation
    expect([tight, open, 'unknown' as const, null].map(relationTo)).toEqual(['wider', 'equal', 'unknown', null])
    expect(review(tight, open).relation).toBe('wider')
  })
})

test('claims are recognised', () => {
  const claims = { iss: issuer, sub: 'repo:octo-org/api:ref:refs/heads/main', repository_id: '7', mine: 'x' }
  const answer = answerTo({ id: 1, name: 'recognise', input: { claims } }) as RecognitionAnswer
  expect(answer.preset?.id).toBe('github')
  expect(answer.classes.find(({ path }) => path === 'repository_id')?.class).toBe('id')
  expect(answer.unknown).toEqual(['mine'])
})

test('what a worker answers can be copied between threads', () => {
  const policy = trust([glob('sub', 'repo:octo-*/**')])
  expect(structuredClone(analyse(policy))).toEqual(analyse(policy))
})

test('the nearest of all trusts are found in the texts of their pages', () => {
  const ask = (name: 'nextRules' | 'nearest', input: object) => answerTo({ id: 1, name, input } as never)
  const row = (id: string, ...rules: ClaimRule[]) => ({ id, issuer, rules })
  const pages = [
    JSON.stringify({ trusts: [row('other', glob('sub', 'else'))], next: 'other' }),
    JSON.stringify({ trusts: [row('open'), row('tight', glob('sub', 'me'))], next: null }),
  ]
  expect(pages.map((page) => ask('nextRules', { page }))).toEqual(['other', null])
  const answer = ask('nearest', { pages, claims: { iss: issuer, sub: 'me' }, count: 2 })
  expect(answer).toEqual({ ids: ['tight', 'open'], open: 2, elsewhere: 0, all: 3 })
})
