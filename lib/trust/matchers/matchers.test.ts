import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClaimValue } from '../claims'
import { fitsList, joinList, splitList } from './glob-list'
import { claimMatches, describeMatcher, explainMismatch, matchers } from './index'

const mask = (text: string) => ({ kind: 'within-bitmask', mask: text }) as const

describe('a value list', () => {
  test.each([
    ['a, b', ['a', 'b']],
    [' a ,, b ,', ['a', 'b']],
    ['{a,b}, c', ['{a,b}', 'c']],
    ['x{a,{b,c}}y,z', ['x{a,{b,c}}y', 'z']],
    ['a{b, c', ['a{b', 'c']],
    ['a}, b', ['a}', 'b']],
    ['', []],
    ['a\\,b, c', ['a,b', 'c']],
    ['a\\,b\\,c*', ['a,b,c*']],
    ['a\\\\, b', ['a\\\\', 'b']],
    ['{a\\,b,c}, d', ['{a\\,b,c}', 'd']],
    ['\\{a, b\\}', ['\\{a', 'b\\}']],
    ['a\\*\\,', ['a\\*,']],
    ['a\\', ['a\\']],
    ['a\\ , b', ['a\\ ', 'b']],
  ])('%j splits into %j', (text, values) => expect(splitList(text)).toEqual(values))

  test('splitting and joining come to rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '{', '}', ' ', '\\') }), (text) => {
        const values = splitList(text)
        fc.pre(fitsList(values))
        expect(splitList(joinList(values))).toEqual(values)
      }),
    )
  })
  test('a comma of a value is escaped, and comes back as it was', () => {
    expect(joinList(['CN=a,O=b', 'c'])).toBe('CN=a\\,O=b, c')
    for (const value of ['a,b', ',', 'a,b*', '{a,b},c', '\\{a,b\\}', 'a,b,{c,d}'])
      expect([value, fitsList([value, 'z'])]).toEqual([value, true])
  })
  test('values that no list can say are known', () => {
    expect(fitsList(['a', '{b,c}'])).toBe(true)
    for (const value of [' a', '', 'a{', 'a ']) expect(fitsList([value, '}'])).toBe(false)
  })
})

describe('exists', () => {
  test.each<[string, ClaimValue, boolean]>([
    ['a text', 'a', true],
    ['false', false, true],
    ['zero', 0, true],
    ['a large number', 18446744073709551615n, true],
    ['a list with a text in it', ['', 'a'], true],
    ['an empty text', '', false],
    ['a list of nothing but empty texts', [''], false],
    ['null', null, false],
    ['an object', { a: 1 }, false],
    ['a list of objects', [{ a: 1 }], false],
  ])('%s', (_, claim, isThere) => {
    expect(claimMatches({ kind: 'exists' }, claim)).toBe(isThere)
  })
})

describe('within-bitmask', () => {
  test.each<[string, ClaimValue, boolean]>([
    ['5', 5, true],
    ['5', 4, true],
    ['5', 0, true],
    ['5', 2, false],
    ['5', '1', true],
    ['18446744073709551615', 18446744073709551615n, true],
    ['18446744073709551615', 18446744073709551616n, false],
    ['9223372036854775808', '9223372036854775808', true],
    ['1', 9223372036854775809n, false],
    ['18446744073709551615', -1, false],
    ['18446744073709551615', 1.5, false],
    ['18446744073709551615', 2 ** 60, false],
    ['18446744073709551615', '0x1', false],
    ['18446744073709551615', '01', false],
    ['18446744073709551615', '', false],
    ['18446744073709551615', true, false],
    ['18446744073709551615', null, false],
    ['18446744073709551615', [1], false],
  ])('mask %s and %s: %s', (allowed, claim, matches) => expect(claimMatches(mask(allowed), claim)).toBe(matches))
  test('excess bits are named by number', () =>
    expect(explainMismatch(mask('1'), 13)).toBe('Bits that are not allowed: 2, 3.'))
  test.each(['-1', '18446744073709551616', '1e3', '0x1', '', '1.0', ' 1'])('the mask %j is refused', (text) => {
    expect(matchers.schema.safeParse(mask(text)).success).toBe(false)
  })
})

describe('subset-of', () => {
  const allowed = { kind: 'subset-of', values: ['a', 'b'] } as const
  test.each<[ClaimValue, boolean]>([
    [['a'], true],
    [['a', 'b', 'a'], true],
    ['a', true],
    [['a', 'c'], false],
    ['c', false],
    [['a', 1], false],
    [1, false],
    [{ a: true }, false],
    [null, false],
  ])('%j: %s', (claim, matches) =>
    expect(claimMatches({ ...allowed, values: [...allowed.values] }, claim)).toBe(matches),
  )
  test('with no values, no value is allowed', () =>
    expect(claimMatches({ kind: 'subset-of', values: [] }, ['a'])).toBe(false))
})

test('equals-any treats pattern characters as letters', () => {
  expect(claimMatches({ kind: 'equals-any', values: ['*'] }, 'a')).toBe(false)
  expect(claimMatches({ kind: 'equals-any', values: ['*'] }, '*')).toBe(true)
})

test('a near miss is explained', () => {
  const one = (value: string) => ({ kind: 'equals-any', values: [value] }) as { kind: 'equals-any'; values: string[] }
  expect(explainMismatch(one('a'), 'A')).toMatch(/case/)
  expect(explainMismatch(one('a/'), 'a')).toMatch(/slash/)
  expect(explainMismatch(one('a'), 'a ')).toMatch(/spaces/)
  expect(explainMismatch(one('a'), 'b')).toBeNull()
})

test('an empty list, an empty value and an overlong pattern are refused', () => {
  for (const values of [[], [''], ['a'.repeat(1025)]])
    expect(matchers.schema.safeParse({ kind: 'glob-any', values }).success).toBe(false)
  expect(matchers.schema.safeParse({ kind: 'equals-any', values: [] }).success).toBe(false)
})

test('no claim makes a matcher throw', () => {
  const matcher = fc.constantFrom(
    { kind: 'glob-any' as const, values: ['*', '{a', '!b'] },
    { kind: 'equals-any' as const, values: ['a'] },
    { kind: 'subset-of' as const, values: ['a'] },
    mask('7'),
  )
  const claim = fc.oneof(fc.jsonValue(), fc.bigInt()) as fc.Arbitrary<ClaimValue>
  fc.assert(
    fc.property(matcher, claim, (one, value) => {
      expect(typeof claimMatches(one, value)).toBe('boolean')
      expect(typeof describeMatcher(one)).toBe('string')
      explainMismatch(one, value)
    }),
  )
})
