import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/trust/json/json'
import { addKeys, factsOf, type HeldKey, keysMax, rowProblems, withKid } from './key-list'

const newJwk = (more: JsonObject = {}): JsonObject => ({
  ...JSON.parse(JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }))),
  ...more,
})
const held = (...jwks: object[]): HeldKey[] => jwks.map((jwk) => ({ json: JSON.stringify(jwk) }))
const add = (list: HeldKey[], ...jwks: JsonObject[]) => addKeys(list, jwks)

describe('adding keys', () => {
  test('keeps them as they came, after those that are there', () => {
    const [a, b, c] = [newJwk({ kid: 'a', x5t: 'abc' }), newJwk({ kid: 'b' }), newJwk()]
    expect(add(held(a), b, c)).toEqual({ list: held(a, b, c), added: 2, problem: null })
  })

  test('leaves out one whose kid another key has, and says so', () => {
    const [a, b] = [newJwk({ kid: 'a' }), newJwk({ kid: 'b' })]
    const result = add(held(a), newJwk({ kid: 'a' }), b)
    expect(result).toMatchObject({ list: held(a, b), added: 1, problem: expect.stringContaining('kid "a"') })
    expect(add([], a, newJwk({ kid: 'a' }))).toMatchObject({ added: 1, problem: expect.any(String) })
  })

  test('leaves out one that is there already, named or not', () => {
    const [named, bare] = [newJwk({ kid: 'a' }), newJwk()]
    expect(add(held(named, bare), named)).toMatchObject({
      added: 0,
      problem: expect.stringContaining('"a" is in the list'),
    })
    expect(add(held(named, bare), bare)).toMatchObject({ added: 0, problem: expect.stringContaining('key 2') })
  })

  test('keeps one key under two names, which an issuer may publish', () => {
    const key = newJwk()
    expect(add(held({ ...key, kid: 'a' }), { ...key, kid: 'b' })).toMatchObject({ added: 1, problem: null })
  })

  test('ends at a hundred', () => {
    const key = newJwk()
    const many = Array.from({ length: keysMax + 5 }, (_, at) => ({ ...key, kid: `k${at}` }))
    expect(add([], ...many)).toMatchObject({ added: keysMax, problem: expect.stringContaining('100') })
  })
})

describe('a key in the list', () => {
  test('is shown by what it is', () => {
    expect(factsOf({ json: JSON.stringify(newJwk({ kid: 'a', alg: 'ES256' })) })).toMatchObject({
      kid: 'a',
      alg: 'ES256',
      label: 'EC P-256',
      problem: null,
    })
  })

  test.each(['', 'null', '[]', '{', '{"kty":"oct"}', '{"kid":5}'])('that is none has a problem: %s', (json) => {
    expect(factsOf({ json }).problem).toEqual(expect.any(String))
  })

  test('gets and loses its name, and keeps everything else', () => {
    const key = newJwk({ kid: 'a', alg: 'ES256' })
    const renamed = withKid(factsOf({ json: JSON.stringify(key) }), 'b')
    expect(JSON.parse(renamed.json)).toEqual({ ...key, kid: 'b' })
    expect(Object.keys(JSON.parse(renamed.json))).toEqual(Object.keys(key))
    const { kid: _, ...bare } = key
    expect(JSON.parse(withKid(factsOf(renamed), '').json)).toEqual(bare)
    expect(JSON.parse(withKid(factsOf({ json: JSON.stringify(bare) }), 'c').json)).toEqual({ ...bare, kid: 'c' })
  })

  test('with the kid of an earlier one is wrong; keys without a kid are not', () => {
    const list = held(newJwk({ kid: 'a' }), newJwk(), newJwk({ kid: 'a' }), newJwk())
    expect(rowProblems(list)).toEqual([null, null, expect.stringContaining('key 1'), null])
  })
})
