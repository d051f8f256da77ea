import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import type { JsonObject } from '../json/json'
import { newWork } from '../matchers/glob'
import { type ClaimRule, TrustPolicy } from '../policy'
import { acceptsClaims, type Example } from './accepts'
import { type Compared, compare, type Relation } from './compare'
import { overlap } from './overlap'

const keys = [{ kind: 'jwks-url' as const, url: 'https://issuer.example/jwks', caCert: '' }]
const policy = (changes: object): Compared => TrustPolicy.parse({ issuer: 'https://issuer.example', keys, ...changes })
const glob = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })
const equals = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'equals-any', values } })
const subset = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'subset-of', values } })
const mask = (path: string, bits: string) => ({ path, matcher: { kind: 'within-bitmask', mask: bits } })
const rules = (...list: object[]) => policy({ rules: list })

const opposite: Record<Relation, Relation> = {
  ...{ equal: 'equal', narrower: 'wider', wider: 'narrower', different: 'different', unknown: 'unknown' },
}

describe('what a change of rules does', () => {
  const main = 'repo:acme/web:ref:refs/heads/main'
  const cases: [string, Compared, Compared, Relation][] = [
    ['a longer prefix', rules(glob('sub', 'repo:acme/*')), rules(glob('sub', 'repo:acme/web:*')), 'narrower'],
    ['one value more', rules(glob('sub', main)), rules(glob('sub', main, 'repo:acme/api:*')), 'wider'],
    ['another value', rules(glob('sub', main)), rules(glob('sub', `${main}2`)), 'different'],
    ['a value that a pattern has already', rules(glob('sub', 'a*')), rules(glob('sub', 'a*', 'ab')), 'equal'],
    ['braces for two values', rules(glob('sub', 'a1', 'a2')), rules(glob('sub', 'a{1,2}')), 'equal'],
    [
      'the same pattern with denials that leave nothing',
      rules(glob('sub', '{a,b}', '!a', '!b')),
      rules(glob('sub', 'c', '!c')),
      'equal',
    ],
    ['? for *', rules(glob('sub', 'a*')), rules(glob('sub', 'a?')), 'narrower'],
    ['a denial', rules(glob('sub', 'a*')), rules(glob('sub', 'a*', '!ab')), 'narrower'],
    ['a denial of what was not accepted', rules(glob('sub', 'a*')), rules(glob('sub', 'a*', '!b')), 'equal'],
    [
      'an exact value that looks like the pattern beside it',
      rules(subset('sub', 'a')),
      rules(equals('sub', 'a*'), glob('sub', 'a*')),
      'different',
    ],
    ['a literal star for a wildcard', rules(glob('sub', 'a*')), rules(equals('sub', 'a*')), 'narrower'],
    ['the first rule', rules(), rules(glob('sub', '*')), 'narrower'],
    ['a rule on another claim', rules(glob('sub', main)), rules(glob('sub', main), equals('ref', 'x')), 'narrower'],
    ['absence allowed', rules(equals('ref', 'x')), rules({ ...equals('ref', 'x'), whenAbsent: 'allow' }), 'wider'],
    ['every element instead of one', rules(glob('groups', 'a')), rules(subset('groups', 'a')), 'narrower'],
    ['the same, of a claim that is one text', rules(glob('sub', 'a')), rules(subset('sub', 'a')), 'equal'],
    ['a bit less', rules(mask('prm', '12884901891')), rules(mask('prm', '12884901889')), 'narrower'],
    [
      'two rules instead of one that says both',
      rules(glob('sub', 'ab')),
      rules(glob('sub', 'a*'), glob('sub', '*b')),
      'wider',
    ],
    [
      'two rules on a list are met by two elements',
      rules(glob('aud', 'ab')),
      rules(glob('aud', 'a*'), glob('aud', '*b')),
      'wider',
    ],
    [
      'a denied value for another that cannot be',
      rules(glob('sub', 'a', '!a')),
      rules(glob('sub', 'b', '!b')),
      'equal',
    ],
  ]

  test.each(cases)('%s', (_, before, after, relation) => {
    expect(compare(before, after).relation).toBe(relation)
    expect(compare(after, before).relation).toBe(opposite[relation])
  })

  test('both examples are given, with the values that people know', () => {
    const before = rules(glob('sub', 'repo:acme/web:*'))
    const after = rules(glob('sub', 'repo:acme/web:ref:refs/heads/main', 'repo:acme/api:ref:refs/heads/main'))
    const { dimensions, relation } = compare(before, after)
    expect(relation).toBe('different')
    const subject = dimensions.find(({ id }) => id === 'rules.sub')
    expect(subject).toMatchObject({ accepted: { value: 'repo:acme/api:ref:refs/heads/main' }, relation: 'different' })
    expect(subject?.refused).toBeDefined()
  })

  test('a list of a thousand values differs in the one that was added', () => {
    const many = Array.from({ length: 999 }, (_, index) => `repo:acme/service-${index}:ref:refs/heads/main`)
    const { dimensions } = compare(rules(equals('sub', ...many)), rules(equals('sub', ...many, 'other')))
    const subject = dimensions.find(({ id }) => id === 'rules.sub')
    expect(subject).toEqual({ id: 'rules.sub', relation: 'wider', accepted: { value: 'other' } })
  })

  test('patterns that cost too much are not compared, and never called equal', () => {
    const hard = (end: string) => rules(glob('sub', `*a${'?'.repeat(60)}${end}*`))
    const { relation } = compare(rules(glob('sub', `*a${'?'.repeat(61)}`, `*b${'?'.repeat(60)}`)), hard(''))
    expect(relation).not.toBe('equal')
  })
})

describe('what a change of a field does', () => {
  const before = policy({
    ...{ algorithms: ['RS256', 'ES256'], lifetime: { clockSkewSeconds: 30, tokenAgeSecondsMax: 600 } },
    grant: { ttlSeconds: 600, ttlSecondsMax: 3600, usesMax: 5, trustedIps: ['10.0.0.0/24'], metadata: { ref: 'ref' } },
  })
  const changed = (changes: object) => ({ ...before, ...changes })
  const grant = (changes: object) => changed({ grant: { ...before.grant, ...changes } })
  const lifetime = (changes: object) => changed({ lifetime: { ...before.lifetime, ...changes } })

  test.each<[string, Compared, Relation, string]>([
    ['no issuer', changed({ issuer: null }), 'wider', 'issuer'],
    ['another issuer', changed({ issuer: 'https://issuer.example/' }), 'different', 'issuer'],
    ['one algorithm less', changed({ algorithms: ['RS256'] }), 'narrower', 'algorithms'],
    [
      'another source of keys beside',
      changed({ keys: [...keys, { ...keys[0], url: 'https://b.example' }] }),
      'wider',
      'keys',
    ],
    ['more skew', lifetime({ clockSkewSeconds: 60 }), 'wider', 'lifetime.clockSkewSeconds'],
    ['no end needed', lifetime({ requireExpiry: false }), 'wider', 'lifetime.requireExpiry'],
    ['any age', lifetime({ tokenAgeSecondsMax: null }), 'wider', 'lifetime.tokenAgeSecondsMax'],
    ['a shorter token', grant({ ttlSeconds: 60 }), 'narrower', 'grant.ttlSeconds'],
    ['any number of uses', grant({ usesMax: 0 }), 'wider', 'grant.usesMax'],
    ['half the addresses', grant({ trustedIps: ['10.0.0.0/25'] }), 'narrower', 'grant.trustedIps'],
    [
      'the same addresses in halves',
      grant({ trustedIps: ['10.0.0.128/25', '10.0.0.0/25'] }),
      'equal',
      'grant.trustedIps',
    ],
    ['the same addresses, mapped', grant({ trustedIps: ['::ffff:10.0.0.0/120'] }), 'equal', 'grant.trustedIps'],
    ['all addresses of version 6 beside', grant({ trustedIps: ['10.0.0.0/24', '::/0'] }), 'wider', 'grant.trustedIps'],
    ['no claim that must be there', grant({ metadata: {} }), 'wider', 'grant.metadata'],
    ['another name for a claim', grant({ metadata: { branch: 'ref' } }), 'different', 'grant.metadata'],
    [
      'only a lone key without a name',
      changed({ keyUse: { unnamed: 'only', staleSecondsMax: null } }),
      'narrower',
      'keyUse.unnamed',
    ],
    ['switched off', changed({ enabled: false }), 'narrower', 'enabled'],
  ])('%s', (_, after, relation, id) => {
    const comparison = compare(before, after)
    expect(comparison.relation).toBe(relation)
    expect(comparison.dimensions.filter((one) => one.relation !== 'equal').map((one) => one.id)).toEqual(
      relation === 'equal' ? [] : [id],
    )
    expect(compare(after, before).relation).toBe(opposite[relation])
  })

  test('one granted lifetime has one answer, however it is written', () => {
    expect(
      compare(grant({ ttlSeconds: 0, ttlSecondsMax: 3600 }), grant({ ttlSeconds: 7200, ttlSecondsMax: 3600 })).relation,
    ).toBe('equal')
  })

  test('an address of the difference is the example', () => {
    const { dimensions } = compare(before, grant({ trustedIps: ['10.0.0.0/23'] }))
    expect(dimensions.find(({ id }) => id === 'grant.trustedIps')?.accepted).toEqual({ value: '10.0.1.0' })
  })

  test('the order of sources matters where keys share a name, so another order is not called equal', () => {
    const two = [...keys, { ...keys[0]!, url: 'https://b.example' }]
    expect(compare(policy({ keys: two }), policy({ keys: [...two].reverse() })).relation).toBe('unknown')
  })

  test('a trust that is off accepts nothing, so whatever else it allows is no widening', () => {
    expect(
      compare(before, changed({ enabled: false, issuer: null, algorithms: ['RS256', 'ES256', 'EdDSA'] })).relation,
    ).toBe('narrower')
  })
})

const value = fc.constantFrom(
  'a',
  'b',
  'ab',
  'a*',
  '*b',
  '*',
  '?',
  'a?',
  '!a',
  '!b*',
  '[ab]',
  '{a,b}',
  '{a,ab}*',
  'true',
  '7',
  '**/a',
  'a/**',
)
const values = fc.array(value, { minLength: 1, maxLength: 3 })
const matcher = fc.oneof(
  { weight: 3, arbitrary: values.map((list) => ({ kind: 'glob-any', values: list })) },
  values.map((list) => ({ kind: 'equals-any', values: list })),
  values.map((list) => ({ kind: 'subset-of', values: list })),
  fc.constantFrom('5', '7').map((bits) => ({ kind: 'within-bitmask', mask: bits })),
)
const rule = fc.record({
  path: fc.constantFrom('aud', 'sub', 'x', 'y.z'),
  matcher,
  whenAbsent: fc.constantFrom('refuse', 'refuse', 'allow'),
})
const anyPolicy = fc
  .tuple(fc.constantFrom(null, 'https://issuer.example', 'b'), fc.array(rule, { maxLength: 4 }))
  .map(([issuer, list]) => policy({ issuer, rules: list }))
const text = fc.constantFrom('a', 'b', 'ab', 'aab', 'c', '', 'true', '7', '4', 'a/b', 'x/a', 'a*')
const element = fc.oneof({ weight: 5, arbitrary: text }, fc.constantFrom(true, 7, 1.5, null, 9n))
const claim = fc.oneof(element, fc.array(element, { maxLength: 3 }), fc.constant({}))
const claims = fc
  .record(
    { aud: claim, sub: claim, x: claim, 'y.z': claim, iss: fc.constantFrom('https://issuer.example', 'b') },
    { requiredKeys: ['iss'] },
  )
  .map((object): JsonObject => ({ ...object }))

const accepts = ({ issuer, rules: list }: Compared, token: JsonObject) =>
  (issuer === null || token.iss === issuer) && acceptsClaims(list, token, newWork())

describe('for any two policies', () => {
  test('each is equal to itself, and the reverse of a comparison is its opposite', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        expect(compare(one, one).relation).toBe('equal')
        const [there, back] = [compare(one, other), compare(other, one)]
        expect(back.relation).toBe(opposite[there.relation])
        for (const { id, accepted, refused } of there.dimensions) {
          const reverse = back.dimensions.find((dimension) => dimension.id === id)
          expect([reverse?.refused !== undefined, reverse?.accepted !== undefined]).toEqual([
            accepted !== undefined,
            refused !== undefined,
          ])
        }
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  test('no token refutes "equal", "narrower" or "wider"', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, fc.array(claims, { minLength: 20, maxLength: 40 }), (one, other, tokens) => {
        const { relation } = compare(one, other)
        for (const token of tokens) {
          const [before, after] = [accepts(one, token), accepts(other, token)]
          if (relation === 'equal' || relation === 'narrower')
            expect(after && !before, JSON.stringify({ one, other, after })).toBe(false)
          if (relation === 'equal' || relation === 'wider') expect(before && !after).toBe(false)
        }
      }),
      { numRuns: propertyRuns(400) },
    )
  })

  test('no claim refutes a dimension, and each example is judged as it says', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 3 }),
        fc.array(rule, { maxLength: 3 }),
        fc.array(claim, { minLength: 20, maxLength: 40 }),
        (old, now, list) => {
          const on = (these: typeof old) => policy({ rules: these.map((one) => ({ ...one, path: 'x' })) })
          const [before, after] = [on(old), on(now)]
          const dimension = compare(before, after).dimensions.find(({ id }) => id === 'rules.x')
          const judge = (these: ClaimRule[], example: Example) =>
            acceptsClaims(these, 'value' in example ? { x: example.value } : {}, newWork())
          const { relation = 'equal', accepted, refused } = dimension ?? {}
          if (accepted) expect([judge(before.rules, accepted), judge(after.rules, accepted)]).toEqual([false, true])
          if (refused) expect([judge(before.rules, refused), judge(after.rules, refused)]).toEqual([true, false])
          expect(relation).not.toBe('unknown')
          for (const example of [...list.map((one) => ({ value: one }) as Example), { absent: true } as const]) {
            const [was, is] = [judge(before.rules, example), judge(after.rules, example)]
            const told = JSON.stringify([old, now, example], (_, v) => (typeof v === 'bigint' ? String(v) : v))
            if (!accepted) expect(is && !was, told).toBe(false)
            if (!refused) expect(was && !is, told).toBe(false)
          }
        },
      ),
      { numRuns: propertyRuns(500) },
    )
  })

  test('an overlap has claims that both accept; without one there are none; both ways alike', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, fc.array(claims, { minLength: 20, maxLength: 40 }), (one, other, tokens) => {
        const found = overlap(one, other)
        const reverse = overlap(other, one)
        if (found === 'unknown' || reverse === 'unknown') throw new Error('These are small enough to be known.')
        expect(reverse.overlaps).toBe(found.overlaps)
        if (found.overlaps) expect([accepts(one, found.claims), accepts(other, found.claims)]).toEqual([true, true])
        else for (const token of tokens) expect(accepts(one, token) && accepts(other, token)).toBe(false)
      }),
      { numRuns: propertyRuns(400) },
    )
  })
})
