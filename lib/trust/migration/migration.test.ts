import { describe, expect, test } from 'vitest'
import { claimMatches } from '../matchers'
import { type ClaimRule, TrustPolicy } from '../policy'
import type { JudgedPolicy } from '../posture/subject'
import { presetOf } from '../presets'
import { acceptsForm, subjectForms } from './accepted-forms'
import { addImmutable, type NamedId } from './add-immutable'
import { type FormUse, type Migrating, migrationState } from './migration-state'
import { retireClassic } from './retire-classic'

const github = presetOf('github')!

const rule = (values: string[], kind: 'glob-any' | 'equals-any' = 'glob-any', path = 'sub'): ClaimRule => ({
  ...{ path, whenAbsent: 'refuse' },
  matcher: { kind, values },
})

const trust = (...rules: ClaimRule[]): JudgedPolicy => ({
  ...TrustPolicy.parse({
    issuer: 'https://token.actions.githubusercontent.com',
    keys: [{ kind: 'jwks-url', url: 'https://token.actions.githubusercontent.com/.well-known/jwks', caCert: '' }],
    rules,
  }),
  ...{ name: 'deployer', enabled: true, kind: 'jwt', options: { inactiveKeys: null } },
})

const classic = 'repo:octo-org/api:ref:refs/heads/main'
const immutable = 'repo:octo-org@123456/api@456789:ref:refs/heads/main'
const ids: NamedId[] = [
  { name: 'octo-org', id: '123456' },
  { name: 'octo-org/api', id: '456789' },
]

describe('which forms rules accept', () => {
  test.each<[string, ClaimRule[], boolean, boolean]>([
    ['the classic form of a branch', [rule([classic])], true, false],
    ['the immutable form of a branch', [rule([immutable])], false, true],
    ['both', [rule([classic, immutable])], true, true],
    ['both, exactly', [rule([classic, immutable], 'equals-any')], true, true],
    ['a pattern behind the names', [rule(['repo:octo-org/api:*'])], true, false],
    ['a pattern for everything of an owner', [rule(['repo:octo-org/**'])], true, false],
    ['a pattern in which the ids fit', [rule(['repo:octo-org*/api*:ref:**'])], true, true],
    ['no rule on the subject', [rule(['456789'], 'equals-any', 'repository_id')], true, true],
    ['two rules of which one excludes the classic form', [rule(['repo:**']), rule(['!repo:octo-org/**'])], true, true],
    ['a reference that is none', [rule(['repo:octo-org/api:ref:refs/head/main'])], false, false],
    ['another platform’s subject', [rule(['project_path:acme/api:ref_type:branch:ref:main'])], false, false],
  ])('%s', (_, rules, isClassic, isImmutable) => {
    expect(subjectForms.map((form) => acceptsForm(rules, github, form))).toEqual([isClassic, isImmutable])
  })
})

describe('the form with ids is added', () => {
  test.each<[string, string[], string[]]>([
    ['to a branch', [classic], [immutable]],
    ['to an environment', ['repo:octo-org/api:environment:prod'], ['repo:octo-org@123456/api@456789:environment:prod']],
    ['to a pattern behind the names', ['repo:octo-org/api:*'], ['repo:octo-org@123456/api@456789:*']],
    [
      'to each of several',
      [classic, 'repo:octo-org/api:pull_request'],
      [immutable, 'repo:octo-org@123456/api@456789:pull_request'],
    ],
    ['beside a denial, which stays', ['!*:pull_request', classic], [immutable]],
  ])('%s', (_, before, added) => {
    const result = addImmutable(trust(rule(before)), ids)
    expect(result).toMatchObject({ ok: true, values: added })
    expect(result.ok && result.policy.rules).toEqual([rule([...before, ...added])])
  })

  test('to alternatives in braces, each by itself', () => {
    const result = addImmutable(trust(rule([`{${classic},repo:octo-org/api:pull_request}`])), ids)
    expect(result).toMatchObject({ ok: true, values: [immutable, 'repo:octo-org@123456/api@456789:pull_request'] })
  })

  test('and nothing else is: not the same name with other ids, nor another branch', () => {
    const result = addImmutable(trust(rule([classic])), ids)
    const matcher = result.ok ? result.policy.rules[0]!.matcher : rule([]).matcher
    expect(claimMatches(matcher, immutable)).toBe(true)
    for (const stranger of [
      'repo:octo-org@999/api@456789:ref:refs/heads/main',
      'repo:octo-org@123456/api@999:ref:refs/heads/main',
      'repo:octo-org@123456/api@456789:ref:refs/heads/dev',
      'repo:octo-org@123456/api@456789:pull_request',
    ]) {
      expect(claimMatches(matcher, stranger), stranger).toBe(false)
    }
  })
})

describe('the form with ids is not added', () => {
  test.each<[string, JudgedPolicy, NamedId[], RegExp]>([
    ['without ids from verified tokens', trust(rule([classic])), [], /No verified token/],
    ['with the id of the owner alone', trust(rule([classic])), [ids[0]!], /No verified token/],
    [
      'where a name came with two ids',
      trust(rule([classic])),
      [...ids, { name: 'octo-org', id: '9' }],
      /changed hands/,
    ],
    [
      'with an id that is no number',
      trust(rule([classic])),
      [ids[1]!, { name: 'octo-org', id: '1/**' }],
      /No verified token/,
    ],
    ['where the owner is a pattern', trust(rule(['repo:octo-*/api:ref:refs/heads/main'])), ids, /in full/],
    ['where the repository is a pattern', trust(rule(['repo:octo-org/*'])), ids, /in full/],
    ['to a denial', trust(rule([`!${classic}`])), ids, /in full/],
    ['where it is there', trust(rule([classic, immutable])), ids, /already/],
    ['without a rule on the subject', trust(), ids, /No rule/],
    ['where two rules must agree', trust(rule([classic]), rule(['repo:**'])), ids, /Several rules/],
  ])('%s', (_, policy, known, why) => {
    expect(addImmutable(policy, known)).toMatchObject({ ok: false, why: expect.stringMatching(why) })
  })
})

describe('the classic form is retired', () => {
  test('by removing its values, and only these', () => {
    const result = retireClassic(trust(rule([classic, immutable, 'repo:octo-org/api:*', '!*:pull_request'])), github)
    expect(result).toMatchObject({ ok: true, values: [classic, 'repo:octo-org/api:*'] })
    expect(result.ok && result.policy.rules).toEqual([rule([immutable, '!*:pull_request'])])
  })

  test('out of alternatives in braces', () => {
    const result = retireClassic(trust(rule([`{${classic},${immutable}}`])), github)
    expect(result.ok && result.policy.rules).toEqual([rule([immutable])])
  })

  test.each<[string, JudgedPolicy]>([
    ['not where nothing would be left', trust(rule([classic]))],
    ['not where one pattern accepts both', trust(rule(['repo:octo-org*/api*:ref:**']))],
    ['not without a rule on the subject', trust()],
  ])('%s', (_, policy) => {
    expect(retireClassic(policy, github).ok).toBe(false)
  })
})

describe('where a trust is on the way', () => {
  const now = 1_800_000_000
  const day = 86_400
  const none: FormUse = { accepted: 0, refused: 0, lastAt: null }
  const used = (daysAgo: number): FormUse => ({ accepted: 3, refused: 0, lastAt: now - daysAgo * day })
  const state = (more: Partial<Migrating>) =>
    migrationState({
      accepts: { classic: true, immutable: true },
      uses: { classic: none, immutable: none },
      ...{ isBound: true, changedAt: now - 80 * day, now, ...more },
    })

  test('the classic form alone breaks on a rename, and is broken once a job came with the other', () => {
    const accepts = { classic: true, immutable: false }
    expect(state({ accepts, uses: { classic: used(1), immutable: none } })).toBe('breaks')
    expect(state({ accepts, uses: { classic: used(1), immutable: { ...none, refused: 1, lastAt: now } } })).toBe(
      'broken',
    )
  })

  test('both forms are ready; the classic one is retired after 30 days without it, while the other is used', () => {
    expect(state({ uses: { classic: used(2), immutable: none } })).toBe('ready')
    expect(state({ uses: { classic: used(29), immutable: used(1) } })).toBe('ready')
    expect(state({ uses: { classic: used(31), immutable: used(1) } })).toBe('retire')
    expect(state({ uses: { classic: none, immutable: used(1) } })).toBe('retire')
  })

  test('nothing is retired where nothing was used, or where both are accepted for a few days only', () => {
    expect(state({})).toBe('ready')
    expect(state({ uses: { classic: none, immutable: used(1) }, changedAt: now - 3 * day })).toBe('ready')
  })

  test('the immutable form alone is done, an open subject is unbound, neither is dead', () => {
    expect(state({ accepts: { classic: false, immutable: true } })).toBe('done')
    expect(state({ isBound: false })).toBe('unbound')
    expect(state({ accepts: { classic: false, immutable: false } })).toBe('dead')
  })

  test('what cannot be found out is never ready', () => {
    expect(state({ accepts: { classic: 'unknown', immutable: true } })).toBe('unknown')
    expect(state({ accepts: { classic: true, immutable: 'unknown' }, isBound: false })).toBe('unknown')
  })
})
