import { describe, expect, test } from 'vitest'
import { findClaim, stringsOf } from '../claims'
import type { ClaimRule } from '../policy'
import { presets } from '../presets'
import { sampleClaims, sampleJob } from '../presets/sample-claims'
import { of, only, ownAudience, plain, rule, sound, trustOf } from './cases'
import { blockers, findingsOf, postureOf, score, worstOf } from './posture'
import type { PostureSubject } from './subject'

const idsOf = (subject: PostureSubject) => [...new Set(findingsOf(subject).map((found) => found.rule))]
const ids = [only('repository_owner_id', '6154722'), only('repository_id', '966304329')]

describe('policies that look alike are told apart by what they accept', () => {
  test.each<[string, string, ClaimRule[], string[], string[]]>([
    ['one wildcard in a list', 'github', [rule('sub', 'repo:o/r:*', '*')], ['L03'], []],
    ['a whole repository', 'github', [rule('sub', 'repo:o/r:*')], ['L13'], ['L01', 'L02', 'L03']],
    ['the same with ids', 'github', [rule('sub', 'repo:o@1/r@2:*')], ['L13'], ['L01', 'L02', 'L03', 'L11']],
    [
      'a branch',
      'github',
      [only('sub', 'repo:o/r:ref:refs/heads/main')],
      [],
      ['L01', 'L02', 'L03', 'L13', 'L14', 'L29'],
    ],
    [
      'a misspelt reference',
      'github',
      [only('sub', 'repo:o/r:ref:refs/head/main')],
      ['L29'],
      ['L01', 'L02', 'L03', 'L13'],
    ],
    [
      'a reference without its name',
      'github',
      [rule('sub', 'repo:o/r:refs/heads/*')],
      ['L29'],
      ['L01', 'L02', 'L03', 'L13'],
    ],
    ['a star compared as a character', 'github', [only('sub', 'repo:o/r:*')], ['L29'], ['L01', 'L02', 'L03', 'L13']],
    [
      'a repository by id, without a subject',
      'github',
      [only('repository_id', '966304329')],
      [],
      ['L01', 'L02', 'L03', 'L11'],
    ],
    [
      'an owner by id, without a subject',
      'github',
      [only('repository_owner_id', '6154722')],
      [],
      ['L01', 'L02', 'L03', 'L11'],
    ],
    [
      'a workspace’s name without its end',
      'hcp-terraform',
      [rule('sub', 'organization:o:project:p:workspace:w*')],
      ['L41'],
      ['L03'],
    ],
    [
      'a workspace’s name with its end',
      'hcp-terraform',
      [rule('sub', 'organization:o:project:p:workspace:w:*')],
      ['L58'],
      ['L03', 'L41'],
    ],
    ['a composed subject without an owner', 'github', [only('sub', 'workflow:Deploy')], ['L02', 'L43'], []],
    ['the same beside an id', 'github', [only('sub', 'workflow:Deploy'), ...ids], [], ['L02', 'L43']],
  ])('%s', (_, preset, rules, raised, silent) => {
    const found: string[] = idsOf(of(preset, rules))
    expect(found).toEqual(expect.arrayContaining(raised))
    expect(found.filter((id) => silent.includes(id))).toEqual([])
  })

  test('a trust with nothing but a key set of GitHub cannot be enabled', () => {
    const keys = [{ kind: 'jwks-url', url: 'https://token.actions.githubusercontent.com/.well-known/jwks' }]
    const found = blockers(findingsOf(plain({ issuer: null, rules: [], keys })))
    expect(found.map((one) => one.rule)).toEqual(expect.arrayContaining(['L01', 'L02', 'L08']))
  })
})

/** Rule sets that bind names alone, or take pull requests, on purpose. */
const openByIntent = (id: string) => /^(?:npm|pypi)$|pull-requests|merge-requests/.test(id)

describe('recommended rule sets', () => {
  const sets = presets
    .filter(({ verified, family }) => verified && family !== 'generic')
    .flatMap((preset) => preset.ruleSets.filter(({ id }) => !openByIntent(id)).map((set) => ({ preset, set })))

  test('there are some to look at', () => expect(sets.length).toBeGreaterThan(20))

  test.each(sets.map(({ preset, set }) => [preset.id, set.id, preset, set] as const))(
    'nothing critical is found in %s: %s',
    (_, __, preset, set) => {
      const { issuer } = sampleJob(preset, set.sample)
      const making = preset.audience.isChosen ? { now: 0, audience: ownAudience } : { now: 0 }
      const sample = sampleClaims(preset, making, set.sample)
      const bound = [preset.audience.claim, ...set.rules.map(({ path }) => path)]
      const rules = [...new Set(bound)].flatMap((path) => {
        const texts = stringsOf(findClaim(sample, path) ?? null)
        return texts.length > 0 ? [only(path, ...texts)] : []
      })
      const url = /^https:/.test(issuer) ? issuer : sound.issuer
      const policy = trustOf({ issuer, keys: [{ kind: 'oidc-discovery', url }], algorithms: preset.algorithms, rules })
      const found = findingsOf({ policy, preset, sample }).filter(({ severity }) => severity === 'critical')
      expect(found).toEqual([])
    },
  )
})

test('findings are sorted by severity, then by id; the score has the worst one as its ceiling', () => {
  const found = findingsOf(of('github', [rule('sub', 'repo:o/r:*', '*')]))
  const order = ['critical', 'high', 'medium', 'low', 'info']
  const ranks = found.map(({ severity, rule: id }) => order.indexOf(severity) * 100 + Number(id.slice(1)))
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  expect(worstOf(found)).toBe('critical')
  expect(score(found)).toBeLessThanOrEqual(30)
  expect(score([])).toBe(100)
  expect(worstOf([])).toBeNull()
})

describe('a hostile trust is judged, or not known', () => {
  const noise = (seed: number) =>
    Array.from({ length: 1000 }, (_, at) => String.fromCharCode(97 + ((seed * 7 + at * at) % 26))).join('')
  const many = (make: (at: number) => string) => Array.from({ length: 1000 }, (_, at) => make(at).slice(0, 1024))

  test.each<[string, string[], boolean]>([
    ['texts', many((at) => `repo:acme/${at}${noise(at)}`), true],
    ['texts of a thousand owners', many((at) => `repo:${noise(at)}`), false],
    ['patterns', many((at) => `repo:acme/${at}${noise(at)}*`), true],
    [
      'patterns, and one that is open',
      ['repo:*', ...many((at) => `repo:acme/${at}${noise(at)}*`).slice(1)].toReversed(),
      false,
    ],
    ['stars', many((at) => `*${at}${'*a?'.repeat(300)}`), false],
    ['groups', many((at) => `repo:acme/${at}${'{a,b}'.repeat(180)}*`), true],
    ['groups of owners', many((at) => `repo:${'{a,b}'.repeat(180)}${at}/*`), false],
  ])('a thousand %s of a thousand characters', (_, values, hasOwner) => {
    const { findings, noData } = postureOf(of('github', [rule('sub', ...values)]))
    expect(findings.length).toBeLessThan(1000)
    // What was not read is never fine: a finding, as it blocks, unless all of it begins with one owner.
    expect(findings.some((one) => one.rule === 'L02')).toBe(!hasOwner)
    const spoken = [...findings.map((one) => one.rule), ...noData.map((one) => one.rule)]
    expect(spoken).toContain('L13')
  })
})
