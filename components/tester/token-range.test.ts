import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeBase64url } from '@/lib/trust/keys/base64url'
import { rangeOfCheck, rangeOfMember, segmentsOf } from './token-range'

const encode = (value: unknown) => encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))

test('the characters of a claim hold its bytes, and at most bits of its neighbours', () => {
  const claims = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { minKeys: 1 })
  fc.assert(
    fc.property(claims, (object) => {
      const token = `${encode({ alg: 'RS256' })}.${encode(object)}.c2ln`
      const segment = token.split('.')[1] ?? ''
      const offset = token.indexOf('.') + 1
      const bytes = Buffer.from(segment, 'base64url')
      for (const [name, value] of Object.entries(object)) {
        const range = rangeOfMember(token, { part: 1, name })!
        const [first, last] = [Math.ceil(((range.start - offset) * 3) / 4), Math.floor(((range.end - offset) * 3) / 4)]
        const text = bytes.subarray(Math.max(0, first - 1), last + 1).toString()
        expect(text).toContain(`${JSON.stringify(name)}:${JSON.stringify(value)}`)
        expect(last - first).toBeLessThanOrEqual(
          Buffer.byteLength(`${JSON.stringify(name)}:${JSON.stringify(value)}`) + 2,
        )
      }
    }),
  )
})

test('a text has its segments and places, and one of dots alone few', () => {
  const partsOf = (text: string) => segmentsOf(text).map((segment) => [segment.text, segment.start])
  expect(partsOf('')).toEqual([['', 0]])
  expect(partsOf('ab.c.')).toEqual([
    ['ab', 0],
    ['c', 3],
    ['', 5],
  ])
  const dots = segmentsOf('.'.repeat(200_000))
  expect(dots.length).toBeLessThanOrEqual(6)
  expect(dots.map(({ text }) => text).join('.')).toBe('.'.repeat(200_000))
})

test('what is not there has no place', () => {
  expect(rangeOfMember('a.b.c', { part: 1, name: 'x' })).toBeNull()
  expect(rangeOfMember(`${encode({})}.${encode({ a: 1 })}.`, { part: 1, name: 'b' })).toBeNull()
  expect(rangeOfMember('', { part: 0, name: 'alg' })).toBeNull()
})

test('a check has the place of what it reads, also inside a claim', () => {
  const token = `${encode({ alg: 'RS256' })}.${encode({ sub: 'a', 'x.y': 1, deep: { name: 'b' }, age: 3 })}.c2ln`
  const member = (name: string) => rangeOfMember(token, { part: 1, name })
  expect(rangeOfCheck(token, 'header.alg')).toEqual(rangeOfMember(token, { part: 0, name: 'alg' }))
  expect(rangeOfCheck(token, 'sub')).toEqual(member('sub'))
  expect(rangeOfCheck(token, 'claim:x.y')).toEqual(member('x.y'))
  expect(rangeOfCheck(token, 'claim:deep.name')).toEqual(member('deep'))
  expect(rangeOfCheck(token, 'claim:/deep/name')).toEqual(member('deep'))
  // The age of a token is no claim of it.
  expect(rangeOfCheck(token, 'age')).toBeNull()
})
