import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/trust/json/json'
import { rule, trustOf } from '@/lib/trust/posture/cases'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { analysis } from './analysis-answer'

const issuer = 'https://token.actions.githubusercontent.com'
const keys = [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks`, caCert: '' }]
const own = 'https://keybound.acme.dev'
const audience = rule('aud', own)

function analysed(changes: Record<string, unknown>, sample?: JsonObject) {
  const policy = trustOf({ keys, ...changes })
  const subject = { policy, preset: presetOfTrust(policy, sample), ownAudience: own, now: 1_800_000_000 }
  return analysis(sample ? { ...subject, sample } : subject)
}

const found = ({ findings }: ReturnType<typeof analysed>) => findings.map(({ id }) => id)

describe('a trust with only the URL of GitHub’s keys', () => {
  const sample = sampleClaims(github, { now: 1_800_000_000, audience: own })

  test('is recognised, blocked, and lets strangers in', () => {
    const answer = analysed({ issuer: null, rules: [] })
    expect(answer.preset).toMatchObject({ id: 'github', verified: true })
    expect(answer.findings.filter(({ blocks }) => blocks).map(({ id }) => id)).toEqual(['L01', 'L02', 'L08'])
    expect(answer.score).toBeLessThanOrEqual(30)
    const admitted = answer.strangers.filter((stranger) => stranger.admitted).map(({ story }) => story)
    expect(admitted).toContain('other-owner')
    expect(admitted).toContain('fork-pull-request')
  })

  test('no value of a made-up job is proposed: without a token, only the claim to bind is named', () => {
    const { strangers } = analysed({ issuer: null, rules: [] })
    const owner = strangers.find(({ story }) => story === 'other-owner')?.smallestFix
    expect(owner?.changes).toEqual([])
    expect(owner?.label).toContain('repository_owner_id')
  })

  test('a token of the right job gives the bindings', () => {
    const { findings, strangers } = analysed({ issuer: null, rules: [] }, sample)
    const values = (findings.find(({ id }) => id === 'L01')?.fix?.changes ?? []).map(({ value }) => value)
    const bound = (path: string, value: unknown) =>
      expect.objectContaining({ path, matcher: expect.objectContaining({ values: [value] }) })
    expect(values).toContainEqual(bound('repository_id', sample.repository_id))
    expect(values).toContainEqual(bound('repository_owner_id', sample.repository_owner_id))
    const owner = strangers.find(({ story }) => story === 'other-owner')?.smallestFix
    expect(owner?.changes).toMatchObject([
      { op: 'add', value: { path: 'repository_owner_id', matcher: { values: [sample.repository_owner_id] } } },
    ])
  })
})

test.each([
  ['a known issuer', issuer, 'repo:acme@1/app@2:ref:refs/heads/main'],
  ['an unknown issuer', 'https://ci.acme.dev', 'deployer'],
])('a token of %s that says little gives the binding of its subject', (_, iss, sub) => {
  const { findings } = analysed({ issuer: iss, rules: [audience] }, { iss, aud: own, sub })
  expect(findings.find(({ id }) => id === 'L01')?.fix?.changes).toMatchObject([
    { op: 'add', value: { path: 'sub', matcher: { values: [sub] } } },
  ])
})

test('a prefix that ends inside a name lets its longer namesakes in, with an example', () => {
  const hcp = {
    issuer: 'https://app.terraform.io',
    keys: [{ kind: 'oidc-discovery', url: 'https://app.terraform.io' }],
  }
  const answer = analysed({ ...hcp, rules: [audience, rule('sub', 'organization:o:project:p:workspace:w*')] })
  const finding = answer.findings.find(({ id }) => id === 'L41')
  expect(finding?.witness).toMatch(/^organization:o:project:p:workspace:w[^:]/)
  expect(finding?.fix?.changes).toEqual([
    { op: 'replace', path: '/rules/1/matcher/values/0', value: 'organization:o:project:p:workspace:w:*' },
  ])
})

test('each part of a token is open with an example, or pinned', () => {
  const { parts } = analysed({ issuer, rules: [audience, rule('sub', 'repo:acme@1/app@2:ref:refs/heads/*')] })
  const open = parts.filter(({ status }) => status === 'open')
  expect(parts.find(({ role }) => role === 'tenant')).toMatchObject({ status: 'pinned' })
  expect(open.length).toBeGreaterThan(0)
  for (const { witness } of open) expect(witness?.subject).toMatch(/^repo:acme@1\/app@2:ref:refs\/heads\//)
})

test('one open value among good ones makes a trust open, and the finding leads to it', () => {
  const answer = analysed({ issuer, rules: [audience, rule('sub', 'repo:o/r:ref:refs/heads/main', '*')] })
  expect(answer.findings.find(({ id }) => id === 'L03')?.path).toEqual(['rules', 1, 'matcher', 'values', 1])
  expect(answer.worst).toBe('critical')
  expect(found(analysed({ issuer, rules: [audience, rule('sub', 'repo:o/r:ref:refs/heads/main')] }))).not.toContain(
    'L03',
  )
})

describe('a value that cannot occur', () => {
  test('is dead with what was meant, and never called open', () => {
    const answer = analysed({ issuer, rules: [audience, rule('sub', 'repo:o/r:ref:refs/head/main')] })
    expect(answer.dead).toMatchObject([
      { path: ['rules', 1, 'matcher', 'values', 0], suggestion: 'repo:o/r:ref:refs/heads/main' },
    ])
    for (const id of ['L01', 'L02', 'L03', 'L13']) expect(found(answer)).not.toContain(id)
  })

  test('is named where others of its list can', () => {
    const values = ['repo:o/r:ref:refs/heads/main', 'repo:o/r:ref:refs/head/main']
    const { dead } = analysed({ issuer, rules: [audience, rule('sub', ...values)] })
    expect(dead.map(({ path }) => path)).toEqual([['rules', 1, 'matcher', 'values', 1]])
  })
})

test('muted findings are shown and do not count', () => {
  const policy = trustOf({ keys, issuer, rules: [audience, rule('sub', 'repo:o/r:ref:refs/heads/main', '*')] })
  const preset = presetOfTrust(policy)
  const open = analysis({ policy, preset })
  const at = '2026-06-01T12:00:00.000Z'
  const mutes = open.findings.map(({ id }) => ({
    rule: id,
    reason: 'Accepted.',
    until: at,
    createdAt: at,
    byName: null,
  }))
  const muted = analysis({ policy, preset }, mutes)
  expect(open.score).toBeLessThanOrEqual(30)
  expect(muted).toMatchObject({ score: 100, worst: null })
  expect(muted.findings.map(({ id, mute }) => [id, mute?.reason])).toEqual(
    open.findings.map(({ id }) => [id, 'Accepted.']),
  )
})

test('rules with more values than are judged are said to be unknown, not fine', () => {
  const values = Array.from({ length: 1000 }, (_, at) => `repo:o/r${at}:ref:refs/heads/main`)
  const { strangers, unknown } = analysed({ issuer, rules: [audience, rule('sub', ...values)] })
  expect(strangers).toEqual([])
  expect(unknown).toContainEqual(expect.stringContaining('who else gets in'))
})
