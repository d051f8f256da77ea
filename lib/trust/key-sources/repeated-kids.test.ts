import { expect, test } from 'vitest'
import { repeatedKids } from './repeated-kids'

const jwk = (kid?: string) => ({
  kind: 'inline-jwk' as const,
  jwk: { kty: 'EC', ...(kid === undefined ? {} : { kid }) },
})

test('a supplied key whose kid an earlier one has is named, with the earlier one', () => {
  const url = { kind: 'jwks-url' as const, url: 'https://a.example/jwks', caCert: '' }
  expect(repeatedKids([url, jwk('a'), jwk('b'), jwk('a'), jwk('A'), jwk('a')])).toEqual([
    { at: 3, kid: 'a', first: 1 },
    { at: 5, kid: 'a', first: 1 },
  ])
})

test('keys without a kid are no repetition of each other', () => {
  expect(repeatedKids([jwk(), jwk()])).toEqual([])
})
