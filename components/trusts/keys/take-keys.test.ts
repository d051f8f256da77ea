import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { takeKeys } from './take-keys'

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ed: generateKeyPairSync('ed25519'),
}
const { rsa, ec, ed } = pairs
const jwkOf = ({ publicKey }: { publicKey: typeof rsa.publicKey }, more: object = {}) => ({
  ...publicKey.export({ format: 'jwk' }),
  ...more,
})
const pemOf = ({ publicKey }: { publicKey: typeof rsa.publicKey }) =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString()
const taken = (value: unknown) => takeKeys(typeof value === 'string' ? value : JSON.stringify(value))

describe('public keys are taken', () => {
  test('a JWK, with every member it has', async () => {
    const jwk = jwkOf(rsa, { kid: 'a', alg: 'RS256', use: 'sig', x5t: 'abc', note: { from: ['ci'] } })
    expect(await taken(JSON.stringify(jwk, null, 2))).toEqual({ ok: true, keys: [jwk], problem: null })
  })

  test('a JWKS, and a bare list', async () => {
    const keys = [jwkOf(rsa, { kid: 'a' }), jwkOf(ec, { kid: 'b' }), jwkOf(ed)]
    expect(await taken({ keys })).toEqual({ ok: true, keys, problem: null })
    expect(await taken(keys)).toEqual({ ok: true, keys, problem: null })
  })

  // RFC 7638 §3.1 and RFC 8037 Appendix A.2, A.3 give the keys and their thumbprints.
  test.each([
    [
      {
        kty: 'RSA',
        n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
        e: 'AQAB',
      },
      'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    ],
    [
      { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    ],
  ])('a PEM becomes a JWK that is named by its thumbprint (RFC 7638)', async (jwk, kid) => {
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
    expect(await taken(pem)).toEqual({ ok: true, keys: [{ ...jwk, kid }], problem: null })
  })

  test('several PEM blocks become several keys', async () => {
    const result = await taken(`# one\n${pemOf(rsa)}\n# two\n${pemOf(ec)}`)
    expect(result).toMatchObject({ ok: true, keys: [jwkOf(rsa), jwkOf(ec)], problem: null })
  })

  test('those beside one that cannot verify, which is named', async () => {
    const keys = [
      jwkOf(rsa, { kid: 'good' }),
      jwkOf(ec, { kid: 'for secrets', use: 'enc' }),
      jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }), { kid: 'weak' }),
    ]
    const result = await taken({ keys })
    expect(result).toMatchObject({ ok: true, keys: [{ kid: 'good' }] })
    expect(result.ok && result.problem).toContain('"for secrets" was left out')
  })
})

describe('secret material refuses the whole text, and no answer repeats it', () => {
  const secretJwk = (pair: typeof rsa | typeof ec | typeof ed) => pair.privateKey.export({ format: 'jwk' })
  const shared = { kty: 'oct', k: randomBytes(32).toString('base64url') }

  test.each<[string, string]>([
    ['a private RSA JWK', JSON.stringify(secretJwk(rsa))],
    ['a private EC JWK', JSON.stringify(secretJwk(ec))],
    ['a private Ed25519 JWK', JSON.stringify(secretJwk(ed), null, 2)],
    ['one in a JWKS beside public ones', JSON.stringify({ keys: [jwkOf(rsa), secretJwk(ec)] })],
    ['one deep in other JSON', JSON.stringify({ data: [{ jwks: { keys: [secretJwk(rsa)] } }] })],
    ['one cut short', JSON.stringify(secretJwk(rsa)).slice(0, 500)],
    ['one whose members are escaped', JSON.stringify(secretJwk(ed)).replace('"d"', '"\\u0064"')],
    ['a private PEM', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a private PEM after a public one', pemOf(rsa) + ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
  ])('%s', async (_, text) => {
    const result = await takeKeys(text)
    expect(result).toMatchObject({ ok: false, isPrivate: true, isSecret: true })
    for (const { d } of [secretJwk(rsa), secretJwk(ec), secretJwk(ed)]) {
      expect(JSON.stringify(result)).not.toContain(d?.slice(0, 16))
    }
  })

  test.each<[string, string]>([
    ['a shared secret', JSON.stringify(shared)],
    ['one in a JWKS', JSON.stringify({ keys: [jwkOf(rsa), shared] })],
    ['one without its type', JSON.stringify({ k: shared.k })],
    ['one cut short', `{"kty":"oct","k":"${shared.k}`],
    ['one whose members are escaped', `{"kty":"\\u006fct","\\u006b":"${shared.k}"}`],
  ])('%s', async (_, text) => {
    const result = await takeKeys(text)
    expect(result).toMatchObject({ ok: false, isPrivate: false, isSecret: true })
    expect(JSON.stringify(result)).not.toContain(shared.k.slice(0, 16))
  })
})

describe('text that is no key is described as such', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '  \n', /Paste a JWK/],
    ['broken JSON', '{"kty":"RSA",', /cannot be read/],
    ['a member twice', '{"kty":"RSA","kty":"EC"}', /appears twice/],
    ['an empty set', '{"keys":[]}', /empty/],
    ['a list of no objects', '[1]', /JSON object/],
    ['JSON without a type', '{"a":1}', /names its type/],
    ['an unknown curve', '{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}', /secp256k1/],
    ['a discovery document', '{"issuer":"https://i.example","jwks_uri":"https://i.example/jwks"}', /JWKS URL/],
    ['a URL', 'https://i.example/jwks', /URL/],
    ['an SSH key', 'ssh-ed25519 AAAAC3Nz me@here', /ssh-keygen/],
    ['a damaged PEM', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', /./],
    ['a kid that is no text', JSON.stringify(jwkOf(rsa, { kid: 7 })), /"kid"/],
    ['a key for another use', JSON.stringify(jwkOf(rsa, { use: 'enc' })), /"use"/],
    ['a key for other operations', JSON.stringify(jwkOf(rsa, { key_ops: ['encrypt'] })), /"key_ops"/],
    ['a weak key', JSON.stringify(jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }))), /1024/],
    ['too much', '['.repeat(1_048_577), /larger/],
    ['too deep', '['.repeat(1000), /deeper/],
  ])('%s', async (_, text, sentence) => {
    const result = await takeKeys(text)
    expect(result).toMatchObject({
      ok: false,
      isPrivate: false,
      isSecret: false,
      message: expect.stringMatching(sentence),
    })
  })
})
