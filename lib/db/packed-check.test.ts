import { expect, test } from 'vitest'
import { packCheck, type ToldCheck, unpackCheck } from './packed-check'

const told: ToldCheck[] = [
  ['token.shape', 'p', 'Three segments of base64url; the signature has 256 bytes.'],
  ['token.shape', 'f', 'Three segments of base64url; the signature has '],
  ['exp', 'w', null, { f: 'lifetime.expirySkewSeconds', e: 'later than {} UTC', r: -2, u: 1 }],
  ['claim:role', 's', 'The claim "role" is one this trust accepts.', { f: 'rules.12', e: -1, c: 'claim_mismatch' }],
  ['claim:a"} $& b', 'f', 'The claim "role" is not one this trust accepts.', { f: 'rules.007', x: 35 }],
  ['a check of a later version', 'p', 3, { f: '', s: 'rules.1', t: 'The token lives for .' }],
  ['claim:', 'p', 'The claim "" is one this trust accepts.', {}],
]

test.each(told)('packing a check loses nothing: %s %s', (...check) => {
  const [id, letter, message, more] = check
  const isEmpty = more === undefined || Object.keys(more).length === 0
  const packed = JSON.parse(JSON.stringify(packCheck(check)))
  expect(unpackCheck(packed)).toEqual(isEmpty ? [id, letter, message] : check)
})

test('numbers that rows refer to keep their meaning', () => {
  expect(unpackCheck([0, 1])).toEqual(['token.shape', 'p', 1])
  expect(unpackCheck([61, [3, '10 min'], { f: -1 }])).toEqual([
    ...['exp', 'f', 'The token expires in 10 min.'],
    { f: 'lifetime.expirySkewSeconds' },
  ])
  expect(unpackCheck(['fclaim:role', [10, 0], { f: 3 }])).toEqual([
    ...['claim:role', 'f', 'The claim "role" is not one this trust accepts.'],
    { f: 'rules.3' },
  ])
})

test('a number that this version does not know is no error', () => {
  expect(unpackCheck([4_000, [99, 'x'], { f: -77 }])).toEqual(['', 'p', 'x', { f: '' }])
})
