import { describe, expect, test } from 'vitest'
import { explainAnswer, explainGiven } from './explain-answer'

const bytes = (document: unknown) =>
  new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
const jwk = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }
const issuer = 'https://issuer.example'
const discovery = {
  issuer,
  jwks_uri: `${issuer}/jwks`,
  id_token_signing_alg_values_supported: ['RS256'],
}
const serverMetadata = { issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` }
const because = { reason: 'not-a-key-set', problem: 'has no array `keys`' } as const

describe('an answer that is no key set is called what it is, with what to do', () => {
  test.each<[string, unknown, RegExp, RegExp]>([
    [
      'a discovery document',
      discovery,
      /OpenID Connect discovery document/,
      /OIDC discovery.*issuer\.example; or .*jwks/,
    ],
    [
      'metadata of RFC 8414',
      serverMetadata,
      /RFC 8414/,
      /JWKS URL and give its jwks_uri: https:\/\/issuer\.example\/jwks/,
    ],
    ['a single key', jwk, /single JSON Web Key/, /\{"keys":\[…\]\}/],
    ['a list of keys', [jwk, jwk], /list of JSON Web Keys/, /\{"keys":\[…\]\}/],
    ['certificates by kid', { a: '-----BEGIN CERTIFICATE-----\nA\n' }, /X\.509 certificates/, /JWKS/],
    ['an error in JSON', { error: 'invalid_client' }, /reports an error/, /sign-in/],
    ['another error in JSON', { message: 'Forbidden' }, /reports an error/, /sign-in/],
    [
      'SAML metadata',
      '<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">',
      /SAML metadata/,
      /cannot be verified here/,
    ],
    ['other XML', '<Error><Code>AccessDenied</Code></Error>', /is XML/, /JSON Web Key Set/],
    ['a web page', '<!DOCTYPE html><title>Sign in</title>', /web page/, /key document itself/],
    ['PEM', '-----BEGIN PUBLIC KEY-----\nMFk\n-----END PUBLIC KEY-----', /PEM text/, /public key \(PEM\)/],
    ['a token', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln', /a token \(JWT\)/, /verify such tokens/],
    ['nothing', '  \n', /is empty/, /must answer with the keys/],
  ])('%s', (_, document, message, fix) => {
    const explained = explainAnswer('key-set', bytes(document), because)
    expect(explained).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    })
    // Who asks for a login is told nothing of the document.
    expect(explained.message).not.toMatch(/issuer\.example|invalid_client|Forbidden|AccessDenied/)
  })
})

describe('an answer that is no discovery document', () => {
  test('but a key set says which kind of source to choose', () => {
    const explained = explainAnswer('discovery', bytes({ keys: [jwk] }), because)
    expect(explained).toMatchObject({
      message: expect.stringMatching(/JSON Web Key Set \(JWKS\); an OpenID Connect discovery document is wanted/),
      fix: expect.stringMatching(/JWKS URL as the kind/),
    })
  })

  test('but has an issuer and no jwks_uri names the member that is missing', () => {
    const document = bytes({ issuer, id_token_signing_alg_values_supported: [], authorization_endpoint: issuer })
    const explained = explainAnswer('discovery', document, {
      reason: 'not-a-key-set',
      problem: 'has no usable `jwks_uri`',
    })
    expect(explained.message).toBe('The key source’s discovery document has no usable `jwks_uri`.')
  })

  test('at the URL as it was given: a key set and both kinds of metadata are identified, nothing else', () => {
    expect(explainGiven(bytes({ keys: [] }))).toMatch(/JSON Web Key Set.*Choose JWKS URL/)
    expect(explainGiven(bytes(serverMetadata))).toMatch(/RFC 8414.*Choose JWKS URL and give its jwks_uri/)
    expect(explainGiven(bytes(discovery))).toMatch(/discovery document/)
    for (const other of ['<html>', '{}', '', 'x', [jwk], { error: 'x' }]) expect(explainGiven(bytes(other))).toBeNull()
  })
})

test('advice repeats no password of a URL, and cuts what is too long to read', () => {
  const document = { ...serverMetadata, jwks_uri: `https://user:hunter2@a.example/${'a'.repeat(1_000)}` }
  const { fix } = explainAnswer('key-set', bytes(document), because)
  expect(fix).not.toContain('hunter2')
  expect(fix.length).toBeLessThan(500)
})

test('however an answer is broken, it is an answer', () => {
  for (const body of ['{', '[', '{"keys"', '\u0000', '<', 'eyJ', '-----BEGIN', '{"issuer":1}']) {
    expect(explainAnswer('key-set', bytes(body), because)).toMatchObject({ ok: false, reason: 'not-a-key-set' })
  }
})
