import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimDifferences } from './claim-differences'

test('what differs is listed, what differs in every token last, and what is the same is counted', () => {
  const first = { iat: 1, sub: 'a', ref: 'main', nested: { a: 1, b: 2 }, only: true }
  const second = { iat: 2, sub: 'a', ref: 'dev', nested: { a: 1, b: 3 }, other: 0 }
  expect(claimDifferences(first, second)).toEqual({
    same: 2,
    differences: [
      { path: 'ref', first: 'main', second: 'dev' },
      { path: 'nested.b', first: 2, second: 3 },
      { path: 'only', first: true, second: undefined },
      { path: 'other', first: undefined, second: 0 },
      { path: 'iat', first: 1, second: 2 },
    ],
  })
})

test('a number and its text differ, and integers beyond 2^53 are compared exactly', () => {
  const [one, other] = [{ id: 18446744073709551615n }, { id: 18446744073709551614n }]
  expect(claimDifferences(one, other).differences).toHaveLength(1)
  expect(claimDifferences({ id: 1 }, { id: '1' }).differences).toHaveLength(1)
})

test('a token does not differ from itself, and what differs does so in both directions', () => {
  const claims = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.oneof(fc.string(), fc.integer(), fc.boolean()))
  fc.assert(
    fc.property(claims, claims, (one, other) => {
      expect(claimDifferences(one, one).differences).toEqual([])
      const paths = (found: ReturnType<typeof claimDifferences>) => found.differences.map(({ path }) => path).sort()
      expect(paths(claimDifferences(one, other))).toEqual(paths(claimDifferences(other, one)))
    }),
  )
})
