import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '@/lib/trust/engine/verify'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { TrustPolicy } from '@/lib/trust/policy'
import { setSignatures, webSignatures } from '@/lib/trust/signatures'
import { createVectorIssuer, type VectorIssuer, vectors } from '@/lib/trust/vectors'
import { nodeSignatures } from './node-signatures'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})
afterAll(() => setSignatures(webSignatures))

describe('node:crypto and WebCrypto give every vector the same verdict, to the last word', () => {
  test.each(vectors)('$name', async (vector) => {
    const made = await vector.make(issuer)
    const judged = async (those: typeof webSignatures) => {
      setSignatures(those)
      // Keys are imported once per object, by the platform that is set then.
      const { policy, keySets } = structuredClone({ policy: made.policy, keySets: made.keySets })
      const unavailable: KeySet = { status: 'unavailable', reason: 'unreachable', message: 'No keys.', fix: 'None.' }
      return verify({
        token: made.token,
        trust: TrustPolicy.parse(policy),
        keys: async ({ url }) => {
          const keys = keySets[url]
          return keys ? { status: 'ok', keys, fetchedAt: issuer.now - 60, stale: null } : unavailable
        },
        now: issuer.now,
      })
    }
    expect(await judged(nodeSignatures)).toEqual(await judged(webSignatures))
  })
})

describe('each signs what the other verifies', () => {
  const both = [
    ['node:crypto', nodeSignatures, webSignatures],
    ['WebCrypto', webSignatures, nodeSignatures],
  ] as const
  test.each(both)('%s', async (_, signer, verifier) => {
    const { publicJwk, privateJwk } = await es256Pair()
    const key = await signer.importPrivate(privateJwk, 'ES256')
    const token = await signer.sign({ alg: 'ES256', typ: 'at+jwt', kid: 'k' }, '{"jti":"é"}', key)
    const trusted = await verifier.importPublic(publicJwk as never, 'ES256')
    expect(await verifier.verify(token, 'ES256', trusted)).toBe(true)
    const [header = '', payload = '', signature = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({ jti: 'é' })
    const bent = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    expect(await verifier.verify(bent, 'ES256', trusted)).toBe(false)
    expect(await verifier.verify(`${header}.${payload}.`, 'ES256', trusted)).toBe(false)
  })
})

async function es256Pair() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const [publicJwk, privateJwk] = await Promise.all([
    crypto.subtle.exportKey('jwk', pair.publicKey),
    crypto.subtle.exportKey('jwk', pair.privateKey),
  ])
  return { publicJwk, privateJwk: privateJwk as never }
}

// FIPS 180-4, appendix B.1 ("abc"), and the digest of no bytes.
test.each([
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('SHA-256 of %j is the published one', async (text, digest) => {
  expect(await nodeSignatures.sha256(text)).toBe(digest)
  expect(await webSignatures.sha256(text)).toBe(digest)
  expect(await nodeSignatures.sha256(new TextEncoder().encode(text))).toBe(digest)
})
