import { accepted, refused, type Vector } from './vector'
import { encodeText } from './vector-issuer'

const parts = (token: string) => {
  const [header = '', claims = '', signature = ''] = token.split('.')
  return { header, claims, signature }
}

/** The same bytes in another spelling: the unused bits of the last letter are set. */
function respell(segment: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return segment.slice(0, -1) + alphabet[alphabet.indexOf(segment.slice(-1)) + 1]
}

/** Vectors about the form of a token: segments, spelling, size, header. */
export const formVectors: Vector[] = [
  accepted('a plain RS256 token is accepted'),
  accepted('PS256 is accepted', { alg: 'PS256' }),
  accepted('RS384 is accepted', { alg: 'RS384' }),
  accepted('RS512 is accepted', { alg: 'RS512' }),
  accepted('PS384 is accepted', { alg: 'PS384' }),
  accepted('PS512 is accepted', { alg: 'PS512' }),
  accepted('ES256 is accepted', { key: 'p256', alg: 'ES256' }),
  accepted('ES384 is accepted', { key: 'p384', alg: 'ES384' }),
  accepted('ES512 is accepted', { key: 'p521', alg: 'ES512' }),
  accepted('EdDSA is accepted', { key: 'ed25519', alg: 'EdDSA' }),
  accepted('Ed25519 is accepted', { key: 'ed25519', alg: 'Ed25519' }),

  refused('token.shape', 'a JWE is not taken for a signed token', {
    bend: () => `${encodeText('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.a2V5.aXY.dGV4dA.dGFn`,
  }),
  refused('token.shape', 'an opaque token is refused', { bend: () => 'ya29_a0AfH6SMBxTz' }),
  refused('token.shape', 'a SAML assertion is refused', { bend: () => '<saml:Assertion ID="a.b.c"></saml:Assertion>' }),
  refused('token.shape', 'a PEM is refused', { bend: (_token, issuer) => issuer.publicPem('rsa') }),
  refused('token.shape', 'a JSON serialization is refused', {
    bend: (token) =>
      JSON.stringify({
        payload: parts(token).claims,
        protected: parts(token).header,
        signature: parts(token).signature,
      }),
  }),
  refused('token.shape', 'an empty token is refused', { bend: () => '' }),
  refused('token.shape', 'two segments are refused', {
    bend: (token) => `${parts(token).header}.${parts(token).claims}`,
  }),
  refused('token.shape', 'a fourth segment is refused', { bend: (token) => `${token}.AAAA` }),
  refused('token.shape', 'a detached payload is refused', {
    bend: (token) => `${parts(token).header}..${parts(token).signature}`,
  }),
  refused('token.shape', 'padding is refused', { key: 'p256', alg: 'ES256', bend: (token) => `${token}==` }),
  accepted('blanks in front of the token are taken away', { bend: (token) => `  ${token}` }),
  accepted('the line break at the end of a token’s file is taken away', { bend: (token) => `${token}\n` }),
  accepted('blanks, tabs and line ends of Windows around the token are taken away', {
    bend: (token) => `\r\n\t ${token} \t\r\n\r\n`,
  }),
  refused('token.shape', 'a token of blanks alone is refused', { bend: () => ' \n' }),
  refused('token.shape', 'a blank before the last dot is refused', {
    bend: (token) => token.replace(/\.([^.]*)$/, ' .$1'),
  }),
  refused('token.shape', 'a blank inside a segment is refused', {
    bend: (token) => `${token.slice(0, 20)} ${token.slice(20)}`,
  }),
  refused('token.shape', 'a line break inside the signature is refused', {
    bend: (token) => `${token.slice(0, -20)}\n${token.slice(-20)}`,
  }),
  refused('token.shape', 'plain base64 is refused', {
    bend: (token) => `${parts(token).header}.${parts(token).claims}.ab+/`,
  }),
  refused('token.shape', 'unused last bits that are set are refused', { bend: (token) => respell(token) }),
  refused('token.shape', 'a Bearer in front of the token is refused', { bend: (token) => `Bearer ${token}` }),
  refused('token.limits', 'a token longer than 16 KiB is refused', { claims: () => ({ text: 'x'.repeat(16_384) }) }),
  refused('token.limits', 'claims nested a thousand deep are refused', {
    claimsText: (text) => text.replace(/}$/, `,"deep":${'['.repeat(1000)}${']'.repeat(1000)}}`),
  }),
  refused('token.limits', 'a header nested nine deep is refused', {
    headerText: (text) => text.replace(/}$/, `,"deep":${'{"a":'.repeat(8)}1${'}'.repeat(9)}`),
  }),
  refused('token.limits', 'more than 256 claims are refused', {
    claims: () => Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`claim${index}`, 1])),
  }),

  refused('header.json', 'a duplicate header member is refused', {
    headerText: (text) => text.replace('{', '{"alg":"none",'),
  }),
  refused('header.json', 'a duplicate member spelt with an escape is refused', {
    headerText: (text) => text.replace('{', '{"\\u0061lg":"none",'),
  }),
  refused('header.json', 'a header that is an array is refused', { headerText: () => '["RS256"]' }),
  refused('header.json', 'a header that is no JSON is refused', { headerText: () => '{alg:"RS256"}' }),
  refused('header.typ', 'a logout token is not taken for a login', { header: () => ({ typ: 'logout+jwt' }) }),
  refused('header.typ', 'a DPoP proof is not taken for a login', { header: () => ({ typ: 'application/DPoP+JWT' }) }),
  accepted('an access token of RFC 9068 is accepted', { header: () => ({ typ: 'at+jwt' }) }),
  accepted('a token without a type is accepted', { header: () => ({ typ: undefined }) }),
  refused('header.crit', 'a critical header is refused', { header: () => ({ crit: ['exp'], exp: 1 }) }),
  refused('header.crit', 'an empty critical list is refused', { header: () => ({ crit: [] }) }),
  refused('header.crit', 'an unencoded payload (b64: false) is refused', {
    header: () => ({ b64: false, crit: ['b64'] }),
  }),
  refused('header.crit', 'b64 without crit is refused', { header: () => ({ b64: false }) }),
  refused('header.crit', 'a compressed payload is refused', { header: () => ({ zip: 'DEF' }) }),
  refused('header.crit', 'an enc in a signed token is refused', { header: () => ({ enc: 'A256GCM' }) }),
  accepted('a header that brings its own key is accepted only for the trust’s key', {
    header: (issuer) => ({ jwk: issuer.publicJwk('stranger'), jku: 'https://evil.example/keys' }),
  }),
  refused('signature', 'a key embedded in the header is never used', {
    key: 'stranger',
    header: (issuer) => ({ kid: 'rsa', jwk: issuer.publicJwk('stranger') }),
    set: (issuer) => [issuer.publicJwk('rsa')],
  }),
  refused('signature', 'a jku in the header is never followed', {
    key: 'stranger',
    header: (issuer) => ({ kid: 'rsa', jku: issuer.keySetUrl('stranger') }),
    set: (issuer) => [issuer.publicJwk('rsa')],
    keySets: (issuer) => ({ [issuer.keySetUrl('stranger')]: [issuer.publicJwk('stranger')] }),
  }),
  refused('signature', 'an x5c in the header is never used', {
    key: 'stranger',
    header: () => ({ kid: 'rsa', x5c: ['MIIB'] }),
    set: (issuer) => [issuer.publicJwk('rsa')],
  }),
  refused('header.alg', 'alg none without a signature is refused', {
    header: () => ({ alg: 'none' }),
    bend: (token) => token.replace(/[^.]*$/, ''),
  }),
  refused('header.alg', 'alg none with a signature is refused', { header: () => ({ alg: 'none' }) }),
  refused('header.alg', 'alg nOnE is refused', {
    header: () => ({ alg: 'nOnE' }),
    bend: (token) => token.replace(/[^.]*$/, ''),
  }),
  refused('header.alg', 'a missing alg is refused', { header: () => ({ alg: undefined }) }),
  refused('header.alg', 'an alg that is a list is refused', { header: () => ({ alg: ['RS256'] }) }),
  refused('header.alg', 'an alg in lower case is refused', { header: () => ({ alg: 'rs256' }) }),
  refused('header.alg', 'an algorithm that the trust does not allow is refused', {
    policy: () => ({ algorithms: ['ES256'] }),
  }),
  refused('header.alg', 'HS256 with the public key’s PEM as the secret is refused', {
    header: () => ({ alg: 'HS256' }),
    bend: async (token, issuer) => {
      const input = token.slice(0, token.lastIndexOf('.'))
      return `${input}.${await issuer.hmac(issuer.publicPem('rsa'), input)}`
    },
    policy: (issuer) => ({ keys: [{ kind: 'static-pem', pem: issuer.publicPem('rsa') }] }),
  }),
]
