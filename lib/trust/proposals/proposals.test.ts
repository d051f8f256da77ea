import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRules } from '../engine/checks/claim-checks'
import type { JsonObject } from '../json/json'
import { globMatches } from '../matchers/glob'
import { github } from '../presets/github'
import { sampleClaims } from '../presets/sample-claims'
import { commonPattern } from './common-pattern'
import { proposeRules } from './propose-rules'

const token = (more: JsonObject = {}): JsonObject => ({
  ...sampleClaims(github, { now: 1_800_000_000, audience: 'keybound' }),
  ...more,
})

/** The checks of the rules that fail. */
function refused(claims: JsonObject, rules: Parameters<typeof checkRules>[1]): string[] {
  const { aud, sub, others } = checkRules(claims, rules)
  return [...aud, ...sub, ...others].filter(({ status }) => status === 'fail').map(({ id }) => id)
}

describe('rules that are proposed', () => {
  test('accept every token that they are made of, whatever the tokens say', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab*?[]{}!\\:/@ '), maxLength: 8 })
    const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.array(text, { maxLength: 3 }), fc.constant(null))
    const claims = fc.record({ sub: value, aud: value, repository: value, repository_id: value, ref: value })
    fc.assert(
      fc.property(fc.array(claims, { minLength: 1, maxLength: 3 }), (some) => {
        const tokens = some.map((one) => token(one as JsonObject))
        for (const { id, rules } of proposeRules(tokens)) {
          for (const one of tokens) expect([id, refused(one, rules)]).toEqual([id, []])
        }
      }),
    )
  })

  test('of one token bind exactly what it says, ids before names', () => {
    const [tightest] = proposeRules([token()])
    const paths = tightest!.rules.map(({ path }) => path)
    expect(tightest!.id).toBe('tightest')
    expect(paths.slice(0, 2)).toEqual(['aud', 'sub'])
    expect(paths.indexOf('repository_id')).toBeLessThan(paths.indexOf('repository'))
    for (const path of ['repository_id', 'repository', 'sub']) {
      expect(refused(token({ [path]: 'another' }), tightest!.rules)).not.toEqual([])
    }
    // The next run of the same job says another one.
    expect(paths).not.toContain('run_id')
    expect(paths).not.toContain('jti')
  })

  test('of two tokens keep what both share, and propose what varies as a list or as a pattern', () => {
    const refs = ['refs/heads/release/1', 'refs/heads/release/2']
    const [one, other] = refs.map((ref) => token({ ref, environment: 'prod' }))
    const proposals = proposeRules([one!, other!])
    const ruleOn = (id: string) => proposals.find((each) => each.id === id)!.rules.find(({ path }) => path === 'sub')
    expect(ruleOn('tightest')).toBeDefined()
    const subjects = ['repo:acme/app:ref:refs/heads/release/1', 'repo:acme/app:ref:refs/heads/release/2']
    const varying = proposeRules(subjects.map((sub) => token({ sub })))
    const on = (id: string) => varying.find((each) => each.id === id)!.rules.find(({ path }) => path === 'sub')!.matcher
    expect(on('tightest')).toEqual({ kind: 'equals-any', values: subjects })
    expect(on('patterns')).toEqual({ kind: 'glob-any', values: ['repo:acme/app:ref:refs/heads/release/*'] })
  })

  test('a claim that only one of two tokens has is not bound', () => {
    const { repository_id: _, ...without } = token()
    for (const { rules } of proposeRules([token(), without])) {
      expect(rules.map(({ path }) => path)).not.toContain('repository_id')
    }
  })

  test('there are none for tokens of several issuers', () => {
    expect(proposeRules([token(), token({ iss: 'https://other.example' })])).toEqual([])
    expect(proposeRules([])).toEqual([])
  })
})

describe('a pattern of several texts', () => {
  test.each([
    [['repo:a/b:x', 'repo:a/b:y'], 'repo:a/b:*'],
    [['repo:a/b:x', 'repo:a/c:x'], 'repo:a/*:x'],
    [['repo:a/main', 'repo:a/maim'], 'repo:a/*'],
    [['system:serviceaccount:a:sa', 'system:serviceaccount:b:sa'], 'system:serviceaccount:*:sa'],
    [['a*b:x/1', 'a*b:x/2'], 'a\\*b:x/*'],
    [['abc', 'xyz'], null],
    [['a', 'b'], null],
  ])('%j is %j', (texts, pattern) => {
    expect(commonPattern(texts)).toBe(pattern)
  })

  test('accepts each of them', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab:/@*?[]{},!\\(+'), minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 3 }), text, (start, middles, end) => {
        const texts = middles.map((middle) => `${start}:${middle}/${end}`)
        const pattern = commonPattern(texts)
        if (pattern !== null) for (const one of texts) expect(globMatches(pattern, one)).toBe(true)
      }),
    )
  })
})
