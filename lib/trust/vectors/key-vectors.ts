import type { Jwk } from '../key-sources/key-source'
import { decodeBase64url, encodeBase64url } from '../keys/base64url'
import { accepted, type Difference, refused, type Vector } from './vector'
import type { VectorIssuer } from './vector-issuer'

/** The trust's key, with members laid over it. */
const altered = (members: Jwk) => (issuer: VectorIssuer) => [{ ...issuer.publicJwk('rsa'), ...members }]

/** A trust that holds two remote sources. */
const twoSources = (
  first: (issuer: VectorIssuer) => Jwk[] | null,
  second: (issuer: VectorIssuer) => Jwk[] | null,
): Difference => ({
  policy: (issuer) => ({
    keys: [
      { kind: 'jwks-url', url: issuer.keySetUrl('first') },
      { kind: 'jwks-url', url: issuer.keySetUrl('second') },
    ],
  }),
  keySets: (issuer) => ({ [issuer.keySetUrl('first')]: first(issuer), [issuer.keySetUrl('second')]: second(issuer) }),
})

const tamper = (from: string, to: string) => (token: string) => {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const text = atob(claims.replaceAll('-', '+').replaceAll('_', '/')).replace(from, to)
  return `${header}.${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.${signature}`
}

/** A signature of ECDSA as X.509 writes it (RFC 3279 §2.2.3). */
function toDerSignature(token: string): string {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const bytes = decodeBase64url(signature) ?? new Uint8Array()
  const integer = (part: Uint8Array) => {
    const positive = (part[0] ?? 0) < 0x80 ? [...part] : [0, ...part]
    return [0x02, positive.length, ...positive]
  }
  const body = [...integer(bytes.slice(0, 32)), ...integer(bytes.slice(32))]
  return `${header}.${claims}.${encodeBase64url(Uint8Array.from([0x30, body.length, ...body]))}`
}

/** Vectors about keys: which key may verify, whether it is strong enough, and whether it verified. */
export const keyVectors: Vector[] = [
  refused('keys.source', 'a key source that does not answer refuses', {
    keySets: (issuer) => ({ [issuer.keySetUrl('main')]: null }),
  }),
  accepted(
    'a source that does not answer is no harm when another has the key',
    twoSources(
      () => null,
      (issuer) => [issuer.publicJwk('rsa')],
    ),
  ),
  refused(
    'keys.source',
    'a key that only the unavailable source could have is not counted against the token',
    twoSources(
      () => null,
      (issuer) => [issuer.publicJwk('rsa-2')],
    ),
  ),
  accepted(
    'the second source is asked for a kid the first does not have',
    twoSources(
      (issuer) => [issuer.publicJwk('rsa-2')],
      (issuer) => [issuer.publicJwk('rsa')],
    ),
  ),
  refused(
    'signature',
    'the first source that has the kid wins',
    twoSources(
      (issuer) => [{ ...issuer.publicJwk('rsa-2'), kid: 'rsa' }],
      (issuer) => [issuer.publicJwk('rsa')],
    ),
  ),
  refused('keys.kid', 'an unknown kid is refused', { header: () => ({ kid: 'gone' }) }),
  refused('keys.kid', 'a kid that differs in case is refused', { header: () => ({ kid: 'RSA' }) }),
  refused('keys.kid', 'a kid that is a number is refused', { header: () => ({ kid: 7 }), set: altered({ kid: 7 }) }),
  accepted('a kid that is null is none', { header: () => ({ kid: null }) }),
  accepted('a kid that is empty is none', { header: () => ({ kid: '' }) }),
  refused('keys.kid', 'a kid that is null is none, also where only one key may fit', {
    header: () => ({ kid: null }),
    policy: () => ({ keyUse: { unnamed: 'only' } }),
    set: (issuer) => [issuer.publicJwk('rsa'), issuer.publicJwk('rsa-2')],
  }),
  refused('keys.kid', 'a kid that is a list is refused', { header: () => ({ kid: ['rsa'] }) }),
  refused('keys.kid', 'a kid that is a path is only a name', { header: () => ({ kid: '../../dev/null' }) }),
  refused('keys.kid', 'an empty key set is refused', { set: () => [] }),
  refused('keys.kid', 'a fetched key without a kid does not answer to any kid', { set: altered({ kid: null }) }),
  accepted('a token without a kid is tried against the fitting keys', {
    header: () => ({ kid: undefined }),
    set: (issuer) => [issuer.publicJwk('p256'), issuer.publicJwk('rsa-2'), issuer.publicJwk('rsa')],
  }),
  refused('signature', 'a token without a kid is tried against ten fetched keys, no more', {
    header: () => ({ kid: undefined }),
    set: (issuer) => [
      ...Array.from({ length: 10 }, (_, index) => ({ ...issuer.publicJwk('rsa-2'), kid: `k${index}` })),
      issuer.publicJwk('rsa'),
    ],
  }),
  refused('keys.usable', 'a token without a kid and no fitting key is refused', {
    header: () => ({ kid: undefined }),
    set: (issuer) => [issuer.publicJwk('p256')],
  }),
  refused('keys.kid', 'a token without a kid is refused where two keys fit and the trust takes only one', {
    header: () => ({ kid: undefined }),
    policy: () => ({ keyUse: { unnamed: 'only' } }),
    set: (issuer) => [issuer.publicJwk('rsa'), issuer.publicJwk('rsa-2')],
  }),
  accepted('a token without a kid is taken where one key fits and the trust takes only one', {
    header: () => ({ kid: undefined }),
    policy: () => ({ keyUse: { unnamed: 'only' } }),
    set: (issuer) => [issuer.publicJwk('p256'), issuer.publicJwk('rsa')],
  }),
  accepted('a PEM that was typed in verifies a token with any kid', {
    policy: (issuer) => ({ keys: [{ kind: 'static-pem', pem: issuer.publicPem('rsa') }] }),
  }),
  accepted('the second of two PEMs verifies', {
    policy: (issuer) => ({
      keys: [
        { kind: 'static-pem', pem: issuer.publicPem('rsa-2') },
        { kind: 'static-pem', pem: issuer.publicPem('rsa') },
      ],
    }),
  }),
  refused('signature', 'no PEM that was typed in verifies', {
    policy: (issuer) => ({ keys: [{ kind: 'static-pem', pem: issuer.publicPem('rsa-2') }] }),
  }),
  refused('keys.usable', 'a PEM of another type is refused', {
    policy: (issuer) => ({ keys: [{ kind: 'static-pem', pem: issuer.publicPem('p256') }] }),
  }),

  refused('keys.usable', 'a kid of a key of another type is refused', {
    header: () => ({ kid: 'p256' }),
    set: (issuer) => [issuer.publicJwk('p256')],
  }),
  refused('keys.usable', 'a key of another curve is refused', {
    key: 'p384',
    alg: 'ES384',
    header: () => ({ alg: 'ES256' }),
  }),
  refused('keys.usable', 'a key for encryption is refused', { set: altered({ use: 'enc' }) }),
  refused('keys.usable', 'a use that is no text is refused', { set: altered({ use: ['sig'] }) }),
  refused('keys.usable', 'key_ops without verify are refused', { set: altered({ key_ops: ['encrypt'] }) }),
  refused('keys.usable', 'key_ops that are no list are refused', { set: altered({ key_ops: 'verify' }) }),
  refused('keys.usable', 'a key for another algorithm is refused', { set: altered({ alg: 'RS512' }) }),
  refused('keys.usable', 'a shared secret in a key set is refused', {
    set: () => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'rsa' }],
  }),
  refused('keys.usable', 'a private key in a key set is refused', { set: (issuer) => [issuer.privateJwk('rsa')] }),
  refused('keys.usable', 'a key whose members have wrong types is refused', { set: altered({ n: 5, e: [] }) }),
  refused('keys.usable', 'a point that is not on its curve is refused', {
    key: 'p256',
    alg: 'ES256',
    set: (issuer) => [{ ...issuer.publicJwk('p256'), y: issuer.publicJwk('p256').x ?? null }],
  }),
  accepted('a key marked as SPIFFE does is accepted', { set: altered({ use: 'jwt-svid' }) }),
  accepted('a key that says all it is for is accepted', {
    set: altered({ use: 'sig', key_ops: ['verify'], alg: 'RS256' }),
  }),
  accepted('Ed25519 and EdDSA are two names of one algorithm', {
    key: 'ed25519',
    alg: 'EdDSA',
    set: (issuer) => [{ ...issuer.publicJwk('ed25519'), alg: 'Ed25519' }],
  }),

  accepted('members of a key that hold nothing say nothing (RFC 7517 §4)', {
    // As Microsoft.IdentityModel 7 writes a key set.
    set: altered({ key_ops: [], oth: [], x5c: [], d: '', p: null, k: '', use: '', alg: '', x5t: null, crv: '' }),
  }),
  accepted('a key whose kid is empty has none', {
    header: () => ({ kid: undefined }),
    set: altered({ kid: '' }),
  }),
  refused('keys.usable', 'a private member that holds something counts beside empty ones', {
    set: altered({ oth: [], d: '', qi: 'AQAB' }),
  }),
  refused('keys.strength', 'RSA 1024 is refused', { key: 'rsa-1024' }),
  refused('keys.strength', 'an RSA exponent of 3 is refused', { key: 'rsa-e3' }),
  refused('keys.strength', 'an RSA exponent of 1 is refused', { set: altered({ e: 'AQ' }) }),
  refused('keys.strength', 'a small-order Ed25519 key is refused', {
    key: 'ed25519',
    alg: 'EdDSA',
    set: () => [{ kty: 'OKP', crv: 'Ed25519', x: 'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', kid: 'ed25519' }],
  }),

  refused('signature', 'changed claims are refused', { bend: tamper('machine-1', 'machine-2') }),
  refused('signature', 'an expiry put off after signing is refused', {
    claims: ({ now }) => ({ exp: now - 300, iat: now - 600 }),
    bend: (token, { now }) => tamper(String(now - 300), String(now + 300))(token),
  }),
  refused('signature', 'another key under the same kid is refused', {
    set: (issuer) => [{ ...issuer.publicJwk('rsa-2'), kid: 'rsa' }],
  }),
  refused('signature', 'an empty signature is refused', { bend: (token) => token.replace(/[^.]*$/, '') }),
  refused('signature', 'an ECDSA signature of zeros is refused', {
    key: 'p256',
    alg: 'ES256',
    bend: (token) => token.replace(/[^.]*$/, 'A'.repeat(86)),
  }),
  refused('signature', 'an ECDSA signature in DER is refused', { key: 'p256', alg: 'ES256', bend: toDerSignature }),
  refused('signature', 'a signature that is cut short is refused', { bend: (token) => token.slice(0, -2) }),
  refused('signature', 'a signature with a byte behind it is refused', { bend: (token) => `${token}AA` }),
  refused('signature', 'a PKCS#1 signature under PS256 is refused', { header: () => ({ alg: 'PS256' }) }),
  refused('signature', 'a signature of another token is refused', {
    bend: async (token, issuer) => {
      const other = await issuer.sign({ key: 'rsa', alg: 'RS256', header: '{"alg":"RS256"}', claims: '{}' })
      return token.replace(/[^.]*$/, other.split('.')[2] ?? '')
    },
  }),
]
