import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, wrongFields } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const pem = createIssuer().pem.trim()
const read = async (id: string) => (await here.admin.get(jwtAuthPath(id))).body.identityJwtAuth

describe('bad fields', () => {
  const cases: [string, object, string[]][] = [
    ['a type that is none', { configurationType: 'oidc' }, ['configurationType']],
    ['a URL that is none', { jwksUrl: 'issuer.example/keys' }, ['jwksUrl']],
    ['a URL of a file', { jwksUrl: 'file:///etc/passwd' }, ['jwksUrl']],
    ['a URL with a password', { jwksUrl: 'https://u:p@issuer.example/k' }, ['jwksUrl']],
    ['keys that are no list', { publicKeys: pem }, ['publicKeys']],
    ['a key that is a number', { publicKeys: [1] }, ['publicKeys.0']],
    ['more keys than a hundred', { publicKeys: Array(101).fill(pem) }, ['publicKeys']],
    ['a list where text belongs', { publicKeys: [pem], boundAudiences: ['a'] }, ['boundAudiences']],
    ['an issuer of 2049 characters', { publicKeys: [pem], boundIssuer: 'x'.repeat(2049) }, ['boundIssuer']],
    ['a pattern of more than 1024 characters', { publicKeys: [pem], boundSubject: 'x'.repeat(1025) }, ['boundSubject']],
    ['an audience of more than 1024', { publicKeys: [pem], boundAudiences: 'x'.repeat(1025) }, ['boundAudiences']],
    [
      'a claim’s value of more than 1024',
      { publicKeys: [pem], boundClaims: { a: 'x'.repeat(1025) } },
      ['boundClaims.a'],
    ],
    ['control characters', { publicKeys: [pem], boundSubject: 'a\u001bb' }, ['boundSubject']],
    ['a zero character', { publicKeys: [pem], boundClaims: { a: 'b\u0000' } }, ['boundClaims.a']],
    ['audiences that name none', { publicKeys: [pem], boundAudiences: ' , ,' }, ['boundAudiences']],
    ['a claim bound to nothing', { publicKeys: [pem], boundClaims: { role: ' , ' } }, ['boundClaims.role']],
    ['a claim bound to a number', { publicKeys: [pem], boundClaims: { role: 1 } }, ['boundClaims.role']],
    ['claims in a list', { publicKeys: [pem], boundClaims: ['role'] }, ['boundClaims']],
    [
      'the audience among the claims',
      { publicKeys: [pem], boundAudiences: 'a', boundClaims: { aud: 'b' } },
      ['boundClaims.aud'],
    ],
    ['the subject among the claims', { publicKeys: [pem], boundClaims: { sub: 'b' } }, ['boundClaims.sub']],
    ['no address at all', { publicKeys: [pem], accessTokenTrustedIps: [] }, ['accessTokenTrustedIps']],
    [
      'an unknown member of an address',
      { publicKeys: [pem], accessTokenTrustedIps: [{ ipAddress: '::', prefix: 0 }] },
      ['accessTokenTrustedIps.0.prefix'],
    ],
    ['a body that is a list', [], ['']],
    ['a misspelt binding', { publicKeys: [pem], boundAudience: 'a' }, ['boundAudience']],
    [
      'many wrong fields at once',
      { jwksUrl: 'x', boundIssuer: 1, boundClaims: { a: 2 }, accessTokenTTL: -1, nonsense: true },
      ['accessTokenTTL', 'boundClaims.a', 'boundIssuer', 'jwksUrl', 'nonsense'],
    ],
  ]
  test.each(cases)('%s: every wrong field is named and nothing is written', async (_, sent, wrong) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), sent)
    expect(wrongFields(answer).sort()).toEqual(wrong)
    expect(await here.rows()).toEqual(before)
  })

  test.each(['10.0.0.0/33', '10.0.0', 'localhost', '2001:db8::/129', '010.0.0.1', ''])(
    'the address %o is refused, and nothing is written',
    async (ipAddress) => {
      const id = await here.identity()
      const before = await here.rows()
      const answer = await here.admin.post(jwtAuthPath(id), {
        publicKeys: [pem],
        accessTokenTrustedIps: [{ ipAddress }],
      })
      expect([400, 422]).toContain(answer.status)
      expect(answer.text).toContain('accessTokenTrustedIps')
      expect(await here.rows()).toEqual(before)
    },
  )

  test('a misspelt field is answered with the one that was probably meant', async () => {
    const id = await here.identity()
    const answer = await here.admin.post(jwtAuthPath(id), { publicKeys: [pem], boundAudience: 'a' })
    expect(answer.body.message[0].message).toContain('Did you mean "boundAudiences"?')
  })

  test('a binding named __proto__ is refused, not dropped', async () => {
    const id = await here.identity()
    const before = await here.rows()
    for (const raw of [
      `{"publicKeys":[${JSON.stringify(pem)}],"boundClaims":{"__proto__":"x"}}`,
      `{"publicKeys":[${JSON.stringify(pem)}],"__proto__":{"boundAudiences":"x"}}`,
    ]) {
      expect(wrongFields(await here.admin.post(jwtAuthPath(id), undefined, { raw })).join()).toContain('__proto__')
    }
    expect(await here.rows()).toEqual(before)
  })

  test('bindings named like members of Object.prototype are stored like any other', async () => {
    const boundClaims = { constructor: 'a', toString: 'b', hasOwnProperty: 'c', 'https://example.com/x': 'd' }
    const id = await attached(here, { publicKeys: [pem], boundClaims })
    expect((await read(id)).boundClaims).toEqual(boundClaims)
  })
})

describe('bad bodies', () => {
  const cases: [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number, string][] = [
    ['malformed JSON', '{"publicKeys":[', {}, 400, 'BadRequest'],
    ['trailing text', '{} x', {}, 400, 'BadRequest'],
    ['duplicate members', '{"boundIssuer":"a","boundIssuer":"b"}', {}, 400, 'BadRequest'],
    ['duplicate members further down', '{"boundClaims":{"a":"1","a":"2"}}', {}, 400, 'BadRequest'],
    ['a number beyond every range', '{"accessTokenTTL":1e400}', {}, 400, 'BadRequest'],
    ['nesting without end', '['.repeat(200_000), {}, 400, 'BadRequest'],
    ['bytes that are no text', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400, 'BadRequest'],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, 400, 'BadRequest'],
    ['a form', 'configurationType=jwks', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'BadRequest'],
    ['more than 1 MiB', `{"boundIssuer":"${'x'.repeat(1024 * 1024)}"}`, {}, 413, 'PayloadTooLarge'],
  ]
  test.each(cases)('%s: refused in the envelope, and nothing is written', async (_, raw, headers, status, error) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), undefined, { raw, headers })
    expectEnvelope(answer, { status, error })
    expect(await here.rows()).toEqual(before)
  })

  test('more than 1 MiB that does not say so beforehand is refused as well', async () => {
    const id = await here.identity()
    const chunk = new TextEncoder().encode(' '.repeat(64 * 1024))
    let left = 40
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    })
    const { authorization } = await bearerOf()
    const answer = await fetch(`${here.keybound.baseUrl}${jwtAuthPath(id)}`, {
      method: 'POST',
      body,
      headers: { authorization, 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
  })

  const bearerOf = async () => ({ authorization: `Bearer ${(await here.actor('admin')).token}` })
})
