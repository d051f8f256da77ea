import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer } from './client'
import { type Installation, install } from './installation'
import { createIssuer, now, segment } from './issuer'
import { at, base, expectError, issuerCalls, newIss, notFound, payloadText, rawPrm } from './nativeframe-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(async () => {
  await here.stop()
})

const { made, login, introspect } = issuerCalls(() => here)

describe('a login', () => {
  test('is exchanged for an access token with roles, prm and issuer, and without an identity', async () => {
    const { iss, token } = await made()
    const answer = await login(token({ sub: 'cam-7', roles: ['viewer', 'host'], prm: 5 }))
    expect(answer.status, answer.text).toBe(200)
    const { accessToken, ...rest } = answer.body
    expect(rest).toEqual({
      tokenType: 'Bearer',
      expiresIn: 2_592_000,
      roles: ['viewer', 'host'],
      prm: 5,
      decisionId: answer.headers.get('x-request-id'),
    })
    const trust = await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })
    const said = { issuer: iss, subject: 'cam-7', roles: ['viewer', 'host'], prm: 5, sub: trust.id }
    expect(JSON.parse(payloadText(accessToken))).toMatchObject({ ...said, authMethod: 'issuer' })
    expect((await introspect(accessToken)).body).toMatchObject({ active: true, ...said, authMethod: 'issuer' })
    const decision = await here.db.decision.findUniqueOrThrow({ where: { id: rest.decisionId } })
    expect(decision).toMatchObject({ accepted: true, method: 'issuer', identityId: null, trustId: trust.id })
  })

  test('without roles and prm yields none', async () => {
    const { token } = await made({ roles: ['a'], prm: 3 })
    expect((await login(token())).body).toMatchObject({ roles: [], prm: 0 })
  })

  test.each([
    ['an audience that is not ours', { aud: ['a'] }, { aud: 'b' }, 403, 'audience_mismatch'],
    ['an audience in another case', { aud: ['a'] }, { aud: 'A' }, 403, 'audience_mismatch'],
    ['no audience', { aud: ['a'] }, { aud: undefined }, 403, 'claim_missing'],
    ['a role too many', { roles: ['a'] }, { roles: ['a', 'b'] }, 403, 'claim_mismatch'],
    ['roles of another type', { roles: ['a'] }, { roles: 5 }, 403, 'claim_mismatch'],
    ['roles of another type where all are allowed', {}, { roles: [5] }, 403, 'claim_mismatch'],
    ['prm of another type where all is allowed', {}, { prm: 1.5 }, 403, 'claim_mismatch'],
    ['no expiry', {}, { exp: undefined }, 401, 'expiry_missing'],
    ['an expiry that is over', {}, { exp: now() - 1 }, 401, 'token_expired'],
    ['a time that has not come', {}, { nbf: now() + 600 }, 401, 'token_not_yet_valid'],
  ])('with %s is refused', async (_, bound, claims, status, errorCode) => {
    const { token } = await made(bound)
    const before = await here.db.accessToken.count()
    expect(expectError(await login(token(claims)), { status, errorCode })).toEqual([])
    expect(await here.db.accessToken.count()).toBe(before)
  })

  test.each([
    ['one of several audiences', { aud: ['a', 'b'] }, { aud: ['x', 'b'] }],
    ['any audience where none is bound', {}, { aud: 'whatever' }],
    ['some of the roles', { roles: ['a', 'b'] }, { roles: ['b'] }],
    ['one role as text', { roles: ['a', 'b'] }, { roles: 'b' }],
    ['any role where none is bound', {}, { roles: ['whatever'] }],
  ])('with %s is accepted', async (_, bound, claims) => {
    const { token } = await made(bound)
    const answer = await login(token(claims))
    expect(answer.status, answer.text).toBe(200)
  })

  test('of an unknown issuer is 404, and bytes that are no token are 401', async () => {
    notFound(await login(createIssuer().token({ iss: newIss() })))
    notFound(await login(createIssuer().token({ iss: undefined })))
    expectError(await login('not-a-token'), { status: 401, errorCode: 'token_malformed' })
    expect(expectError(await login(''), { status: 400, errorCode: 'validation_failed' })).toEqual(['token too_small'])
  })

  test('signed by another key is 401', async () => {
    const { iss } = await made()
    const forged = createIssuer().token({ iss }, { kid: 'k1' })
    expectError(await login(forged), { status: 401, errorCode: 'signature_invalid' })
    const none = `${segment('{"alg":"none"}')}.${segment(JSON.stringify({ iss, exp: now() + 60 }))}.`
    expectError(await login(none), { status: 401, errorCode: 'algorithm_not_allowed' })
  })

  test('selects one of two organizations that trust the issuer', async () => {
    const { iss, token } = await made()
    const id = randomUUID()
    const ours = await here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })
    await here.db.organization.create({ data: { id, name: 'Others', slug: `others-${id}` } })
    await here.db.trust.create({ data: { ...ours, id: randomUUID(), organizationId: id, projectId: null } })
    notFound(await login(token()))
    const named = await login(token(), { organizationSlug: `others-${id}` })
    expect(named.status, named.text).toBe(200)
    expect(JSON.parse(payloadText(named.body.accessToken)).organizationId).toBe(id)
    // It is a token of another issuer.
    expect((await introspect(named.body.accessToken)).body).toEqual({ active: false })
    await here.db.organization.delete({ where: { id } })
  })
})

describe('an access token of an issuer', () => {
  const bought = async (more: Record<string, unknown> = {}) => {
    const one = await made(more)
    const answer = await login(one.raw('"roles":["admin"],"prm":18446744073709551615'))
    expect(answer.status, answer.text).toBe(200)
    return { ...one, accessToken: answer.body.accessToken as string }
  }

  test('has no role on our own routes, whatever roles it names', async () => {
    const { accessToken, iss } = await bought()
    const client = here.anonymous.as(bearer(accessToken))
    expectError(await client.get(base), { status: 403, errorCode: 'forbidden' })
    expectError(await client.delete(at(iss)), { status: 403, errorCode: 'forbidden' })
    for (const place of ['/api/admin/overview', '/api/admin/tokens', '/api/admin/trusts', '/api/admin/members']) {
      expect((await client.get(place)).status, place).toBe(403)
    }
    expect((await client.get('/api/v1/identities/details')).status).toBe(403)
  })

  test('is listed, and can be revoked by its id', async () => {
    const { accessToken, iss } = await bought()
    const { jti } = JSON.parse(payloadText(accessToken))
    const list = await here.admin.get('/api/admin/tokens?method=issuer&limit=100')
    expect(list.status, list.text).toBe(200)
    const listed = list.body.tokens.find(({ id }: { id: string }) => id === jti)
    expect(listed).toMatchObject({ identityId: null, identityName: null, name: iss, method: 'issuer' })
    expect((await here.admin.delete(`/api/admin/tokens/${jti}`)).status).toBe(204)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
  })

  test('can be revoked by its holder', async () => {
    const { accessToken } = await bought()
    expect((await here.anonymous.post('/api/v1/auth/token/revoke', { accessToken })).status).toBe(200)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    expectError(await here.anonymous.as(bearer(accessToken)).get(base), { status: 401, errorCode: 'unauthenticated' })
  })

  test('has exactly the same claims after a renewal', async () => {
    const { accessToken } = await bought()
    const renewed = await here.anonymous.post('/api/v1/auth/token/renew', { accessToken })
    expect(renewed.status, renewed.text).toBe(200)
    const text = payloadText(renewed.body.accessToken)
    expect(rawPrm(text)).toBe('18446744073709551615')
    expect(JSON.parse(text)).toMatchObject({ roles: ['admin'], subject: 'cam-7' })
  })

  test('dies with its issuer', async () => {
    const { accessToken, iss } = await bought()
    expect((await here.admin.delete(at(iss))).status).toBe(204)
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    const { jti } = JSON.parse(payloadText(accessToken))
    expect(await here.db.accessToken.count({ where: { id: jti } })).toBe(0)
  })

  test('stops while its issuer is switched off', async () => {
    const { accessToken, iss, token } = await bought()
    await here.db.trust.updateMany({ where: { soleIssuer: iss }, data: { enabled: false, version: 2 } })
    expect((await introspect(accessToken)).body).toEqual({ active: false })
    notFound(await login(token()))
  })

  test('does not store any of the login token’s text', async () => {
    const { token } = await made()
    const text = token({ jti: randomUUID() })
    expect((await login(text)).status).toBe(200)
    expect(await here.holds(text.split('.')[2] ?? '')).toBe(false)
  })
})
