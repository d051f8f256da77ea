import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer } from './client'
import { type Installation, install } from './installation'
import { createIssuer } from './issuer'
import {
  at,
  base,
  expectError,
  invalid,
  issuerCalls,
  jwkOf,
  newIss,
  notFound,
  payloadText,
  rawPrm,
} from './nativeframe-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(async () => {
  await here.stop()
})

const { made, login, try_, introspect } = issuerCalls(() => here)

const boundaries = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n]

describe('wrong fields', () => {
  test('are all named at once, and nothing is written', async () => {
    const { iss } = await made()
    const before = await here.rows()
    const key = jwkOf(createIssuer())
    const answer = await here.admin.put(at(iss), {
      iss: newIss(),
      JWKsURL: 'http://issuer.example/jwks',
      aud: [''],
      roles: 'admin',
      prm: -1,
      internal: true,
      static: true,
      keys: [key, key, { kty: 'oct', k: 'c2VjcmV0' }, { ...jwkOf(createIssuer(), 'x'), d: 'AAAA' }, null],
      jwks: [],
    })
    expect(invalid(answer).sort()).toEqual([
      'JWKsURL https_required',
      'aud[0] too_small',
      'internal read_only_field',
      'iss iss_mismatch',
      'jwks unknown_key',
      'keys[1].kid duplicate_kid',
      'keys[2] symmetric_key',
      'keys[3] private_key_material',
      'keys[4] invalid_type',
      'prm invalid_uint64',
      'project invalid_type',
      'roles invalid_type',
      'static read_only_field',
    ])
    expect(await here.rows()).toEqual(before)
    expect(await here.holds('c2VjcmV0')).toBe(false)
  })

  test('without URL and keys, both fields are named', async () => {
    const { iss } = await made()
    const sent = { iss, project: { id: 'p' }, JWKsURL: '', keys: [] }
    expect(invalid(await here.admin.put(at(iss), sent)).sort()).toEqual([
      'JWKsURL jwks_or_keys_required',
      'keys jwks_or_keys_required',
    ])
  })

  test.each(['1e3', '1.5', '1.0', '-1', '18446744073709551616', 'true', '"0x10"', '"1e3"', '""', '[]'])(
    'prm %s is refused by name',
    async (written) => {
      const { iss, sent } = await made()
      const raw = JSON.stringify(sent).replace(/}$/, `,"prm":${written}}`)
      const answer = await here.admin.put(at(iss), undefined, { raw, headers: { 'content-type': 'application/json' } })
      expect(invalid(answer)).toEqual(['prm invalid_uint64'])
    },
  )

  test('a body that is no JSON is 400', async () => {
    const raw = { raw: '{"iss":', headers: { 'content-type': 'application/json' } }
    expectError(await here.admin.post(base, undefined, raw), { status: 400, errorCode: 'malformed_body' })
  })
})

describe('access', () => {
  test('a request without credentials is 401, on every route', async () => {
    const { iss, sent, token } = await made()
    for (const answer of [
      await here.anonymous.get(base),
      await here.anonymous.post(base, sent),
      await here.anonymous.get(at(iss)),
      await here.anonymous.put(at(iss), sent),
      await here.anonymous.delete(at(iss)),
      await try_(iss, token(), here.anonymous),
    ]) {
      expectError(answer, { status: 401, errorCode: 'unauthenticated' })
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
    // RFC 6750 §3.1: only who sent a token is told that it is wrong.
    const wrong = await here.anonymous.as(bearer('x.y.z')).get(base)
    expectError(wrong, { status: 401, errorCode: 'unauthenticated' })
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })

  test.each([
    ['no-access', false, false],
    ['auditor', true, false],
    ['member', true, true],
    ['admin', true, true],
  ])('%s reads: %s, writes: %s', async (role, reads, writes) => {
    const { client } = await here.actor(role)
    const { iss, sent, token } = await made()
    const before = await here.db.trust.findMany()
    for (const answer of [await client.get(base), await client.get(at(iss)), await try_(iss, token(), client)]) {
      if (reads) expect(answer.status, answer.text).toBe(200)
      else expectError(answer, { status: 403, errorCode: 'forbidden' })
    }
    const acts = [
      await client.put(at(iss), sent),
      await client.post(base, { ...sent, iss: newIss() }),
      await client.delete(at(iss)),
    ]
    if (writes) expect(acts.map(({ status }) => status)).toEqual([200, 201, 204])
    else {
      for (const answer of acts) expectError(answer, { status: 403, errorCode: 'forbidden' })
      expect(await here.db.trust.findMany()).toEqual(before)
    }
  })

  test('another organization’s issuer is not there', async () => {
    const organizationId = randomUUID()
    const { iss } = await made()
    const { trustId } = { trustId: (await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })).id }
    await here.db.organization.create({ data: { id: organizationId, name: 'Others', slug: organizationId } })
    await here.db.trust.update({ where: { id: trustId }, data: { organizationId, projectId: null } })
    notFound(await here.admin.get(at(iss)))
    notFound(await here.admin.get(`${base}/id:${trustId}`))
    notFound(await here.admin.delete(at(iss)))
    await here.db.organization.delete({ where: { id: organizationId } })
  })
})

describe('prm is exact', () => {
  test.each(boundaries)('%s in, stored, out, and in the token', async (prm) => {
    const { iss, raw, sent } = await made()
    for (const written of [`${prm}`, `"${prm}"`]) {
      const text = JSON.stringify(sent).replace(/}$/, `,"prm":${written}}`)
      const answer = await here.admin.put(at(iss), undefined, {
        raw: text,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status, answer.text).toBe(200)
      expect(rawPrm(answer.text)).toBe(String(prm))
      expect(rawPrm((await here.admin.get(at(iss))).text)).toBe(String(prm))
    }
    const answer = await login(raw(`"prm":${prm},"roles":["r"]`))
    expect(answer.status, answer.text).toBe(200)
    expect(rawPrm(answer.text)).toBe(String(prm))
    expect(rawPrm(payloadText(answer.body.accessToken))).toBe(String(prm))
    expect(rawPrm((await introspect(answer.body.accessToken)).text)).toBe(String(prm))
  })

  test.each([
    [1n, 2n, '1'],
    [2n ** 63n, 2n ** 63n + 5n, '0, 2'],
    [2n ** 64n - 2n, 2n ** 64n - 1n, '0'],
    [2n ** 53n, 2n ** 53n + 1n, '0'],
  ])('under %s, %s is refused and bits %s are named to the owner alone', async (mask, prm, bits) => {
    const { iss, raw } = await made({ prm: String(mask) })
    const token = raw(`"prm":${prm}`)
    const tried = await try_(iss, token)
    const check = tried.body.checks.find(({ id }: { id: string }) => id === 'claim:prm')
    expect(check).toMatchObject({ status: 'fail', received: String(prm), fix: `Bits that are not allowed: ${bits}.` })
    const refused = await login(token)
    expectError(refused, { status: 403, errorCode: 'claim_mismatch' })
    expect(refused.text).not.toContain(String(mask))
    expect((await login(raw(`"prm":${mask}`))).status).toBe(200)
  })
})
