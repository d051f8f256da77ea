import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { takeKeys } from '@/components/trusts/keys/take-keys'
import { inlineJwk } from '../key-sources/inline-jwk'
import { repeatedKids } from '../key-sources/repeated-kids'
import { jwkMember, purposeFault, readJwk } from './jwk'
import { parsePem } from './pem'
import { holdsPrivateKey, secretIn } from './secret-text'

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as {
  kty: string
  n: string
  e: string
}
const names = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv', 'k', 'use', 'key_ops', 'alg', 'x5c', 'kid', 'x5t', 'crv']
const nothings = [null, '', [], {}, [''], [null, []], { a: null }]

describe('a member of a key that holds nothing says nothing, for every reader', () => {
  test.each(nothings.map((nothing) => [JSON.stringify(nothing), nothing]))('%s', async (_, nothing) => {
    const written = { ...jwk, ...Object.fromEntries(names.map((name) => [name, nothing])) }
    expect(readJwk(written as never)).toEqual(readJwk(jwk))
    expect(purposeFault(written as never)).toBeNull()
    expect(jwkMember(written as never, 'kid')).toBeUndefined()
    expect(secretIn(JSON.stringify(written))).toBeNull()
    expect(await parsePem(JSON.stringify(written))).toEqual(await parsePem(JSON.stringify(jwk)))
    expect(await takeKeys(JSON.stringify({ keys: [written] }))).toEqual({ ok: true, keys: [written], problem: null })
    expect(inlineJwk.schema.safeParse({ kind: 'inline-jwk', jwk: written }).success).toBe(true)
    const source = { kind: 'inline-jwk', jwk: written } as never
    expect(repeatedKids([source, source])).toEqual([])
  })
})

test.each(names.filter((name) => !['alg', 'x5c', 'kid', 'x5t', 'crv'].includes(name)))(
  'a member %s that holds something counts',
  (name) => {
    const written = { ...jwk, [name]: 'AQAB' }
    expect(readJwk(written).ok && purposeFault(written) === null).toBe(false)
  },
)

test('a private member is found in JSON that is cut short, and an empty one is not', () => {
  expect(holdsPrivateKey('{"kty":"RSA","n":"abc","d":"x')).toBe(true)
  expect(holdsPrivateKey('{"kty":"RSA","d":"","p":"","n":"ab')).toBe(false)
})
