import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { parsePem } from './pem'
import { inspectJwk } from './public-key'

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe('JSON Web Keys', () => {
  const jwk = rsa.publicKey.export({ format: 'jwk' }) as { kty: string; n: string; e: string }
  test('a JWK is the same key as its PEM', async () => {
    expect(await inspectJwk({ ...jwk, kid: 'a', use: 'sig' })).toEqual(await parsePem(spki(rsa.publicKey)))
  })
  test('leading zero bytes make no other key', async () => {
    const padded = Buffer.concat([Buffer.from([0]), Buffer.from(jwk.n, 'base64url')]).toString('base64url')
    expect(await inspectJwk({ ...jwk, n: padded })).toEqual(await inspectJwk(jwk))
  })
  test.each([
    ['d', { ...jwk, d: 'AQAB' }, 'private_key'],
    ['oth', { ...jwk, oth: [{ r: 'AQAB' }] }, 'private_key'],
    ['a private member of a wrong type', { ...jwk, p: 5 }, 'private_key'],
    ['k', { ...jwk, k: 'AQAB' }, 'symmetric_key'],
    ['oct', { kty: 'oct' }, 'symmetric_key'],
    ['no type', {}, 'malformed_key'],
    ['padding', { ...jwk, e: 'AQAB==' }, 'malformed_key'],
    ['an unknown type', { kty: 'AKP', pub: 'AA' }, 'unsupported_key'],
    ['secp256k1', { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' }, 'unsupported_key'],
    ['a short coordinate', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, 'malformed_key'],
    ['an even exponent', { ...jwk, e: 'AQAC' }, 'weak_key'],
    ['an exponent of 1', { ...jwk, e: 'AQ' }, 'weak_key'],
    ['an exponent of zero', { ...jwk, e: 'AA' }, 'weak_key'],
    ['an exponent of 34 bits', { ...jwk, e: 'AgAAAAE' }, 'weak_key'],
  ])('%s is refused', async (_, key, code) => expect(await inspectJwk(key)).toMatchObject({ ok: false, code }))

  test('no members make it throw', async () => {
    const name = fc.constantFrom('kty', 'n', 'e', 'crv', 'x', 'y', 'd', 'use', 'kid')
    const value = fc.oneof(fc.constantFrom('RSA', 'EC', 'OKP', 'P-256', 'Ed25519', 'AQAB', ''), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value), async (key) => {
        expect(typeof (await inspectJwk(key as never)).ok).toBe('boolean')
      }),
      { numRuns: propertyRuns(500) },
    )
  })
})
