import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, stringifyJson } from '../json/json'
import { uint64Max } from '../json/uint64'
import { carriedClaims } from './carried-claims'

const carry = { roles: 'texts', prm: 'uint64' } as const
const claimsOf = (text: string) => {
  const parsed = parseJson(text)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value as never
}

test('every uint64 is carried exactly, as an integer or as its decimal text', () => {
  const boundaries = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, uint64Max]
  const exact = (prm: bigint) => {
    for (const written of [String(prm), `"${prm}"`]) {
      const { claims, wrong } = carriedClaims(claimsOf(`{"prm":${written}}`), carry)
      expect(wrong).toEqual([])
      expect(stringifyJson(claims)).toBe(`{"roles":[],"prm":${prm}}`)
    }
  }
  for (const prm of boundaries) exact(prm)
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: uint64Max }), exact))
})

describe('a claim of another type cannot be carried', () => {
  test.each([
    ['prm', '-1'],
    ['prm', '1.5'],
    ['prm', '18446744073709551616'],
    ['prm', '"0x10"'],
    ['prm', '"01"'],
    ['prm', '""'],
    ['prm', 'true'],
    ['prm', 'null'],
    ['prm', '[1]'],
    ['prm', '{}'],
    ['roles', '5'],
    ['roles', 'null'],
    ['roles', 'true'],
    ['roles', '["a",1]'],
    ['roles', '[["a"]]'],
    ['roles', '{"a":1}'],
  ])('%s: %s', (name, written) => {
    expect(carriedClaims(claimsOf(`{"${name}":${written}}`), carry).wrong).toEqual([name])
  })
})

test('a missing claim adds nothing, and one text is a list of one', () => {
  expect(carriedClaims(claimsOf('{}'), carry)).toMatchObject({ claims: { roles: [], prm: 0n }, wrong: [] })
  expect(carriedClaims(claimsOf('{"roles":"a"}'), carry).claims.roles).toEqual(['a'])
  expect(carriedClaims(claimsOf('{"roles":[]}'), carry).claims.roles).toEqual([])
})

test('more than a request could bring back is not carried', () => {
  const roles = Array.from({ length: 900 }, (_, index) => `role-${index}`)
  expect(carriedClaims({ roles }, carry).wrong).toEqual(['roles', 'prm'])
  // 3 000 characters, 9 000 bytes.
  const wide = Array.from({ length: 30 }, () => '語'.repeat(100))
  expect(carriedClaims({ roles: wide }, carry).wrong).toEqual(['roles', 'prm'])
})
