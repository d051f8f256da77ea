import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { expectEnvelope, type Installation, install, issueToken, jwtAuthPath, login } from './installation'
import { now } from './issuer'
import { details, issuer, loggedIn, renew, revoke, rowOf } from './token-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const dead = { status: 401, error: 'TokenError' }

describe('an access token', () => {
  test('is a JWT that can be verified offline with the published keys', async () => {
    const { id, token, answer } = await loggedIn(here, { accessTokenTTL: 600 })
    const keySet = (await here.anonymous.get('/.well-known/jwks.json')).body
    for (const key of keySet.keys) expect(Object.keys(key)).not.toContain('d')
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keySet), {
      issuer: here.keybound.baseUrl,
      algorithms: ['ES256'],
      subject: id,
    })
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt', kid: keySet.keys[0].kid })
    expect(payload).toMatchObject({ sub: id, organizationId: here.organizationId, authMethod: 'jwt' })
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600)
    expect(answer.body.expiresIn).toBe(600)
    expect(Math.abs(Number(payload.iat) - now())).toBeLessThan(60)
  })

  const day = 86_400
  test.each([
    [{ accessTokenTTL: 600, accessTokenMaxTTL: 1200 }, 600],
    [{ accessTokenTTL: 0, accessTokenMaxTTL: 1200 }, 1200],
    [{ accessTokenTTL: 600, accessTokenMaxTTL: 0 }, 600],
    [{ accessTokenTTL: 0, accessTokenMaxTTL: 0 }, 90 * day],
    [{ accessTokenTTL: 91 * day, accessTokenMaxTTL: 100 * day }, 90 * day],
    [{}, 30 * day],
  ])('%o grants %i seconds: the smallest of TTL, maximum and ninety days', async (config, seconds) => {
    const { token, answer } = await loggedIn(here, config)
    const { exp, iat } = decodeJwt(token)
    expect([answer.body.expiresIn, Number(exp) - Number(iat)]).toEqual([seconds, seconds])
  })

  test('opens a management route as the identity it belongs to', async () => {
    const id = await here.identity({ role: 'auditor' })
    await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })
    const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
    const answer = await here.anonymous.as(bearer(accessToken)).get(`/api/v1/identities/${id}`)
    expect(answer.body.identity.id).toBe(id)
  })

  test('changed in any part is refused', async () => {
    const { token } = await loggedIn(here)
    const [head, claims, signature] = token.split('.') as [string, string, string]
    const grown = Buffer.from(JSON.stringify({ ...decodeJwt(token), exp: now() + 1e9 })).toString('base64url')
    const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    for (const bad of [
      `${head}.${grown}.${signature}`,
      `${head}.${claims}.${flipped}`,
      `${none}.${claims}.`,
      issuer.token(),
      'x',
    ]) {
      expectEnvelope(await here.anonymous.get(details, { headers: bearer(bad) }), dead)
    }
  })

  test('expired is 401, so that SDKs log in again', async () => {
    const { token, client } = await loggedIn(here)
    const row = await rowOf(here, token)
    await here.db.accessToken.update({ where: { id: row.id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    const answer = await client.get(details)
    expectEnvelope(answer, dead)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expectEnvelope(await renew(here, token), dead)
    expectEnvelope(await revoke(here, token), dead)
  })

  test('is dead with its identity', async () => {
    const { id, client, token } = await loggedIn(here)
    expect((await here.admin.delete(`/api/v1/identities/${id}`)).status).toBe(200)
    expectEnvelope(await client.get(details), dead)
    expectEnvelope(await renew(here, token), dead)
  })

  test('is refused as soon as JWT Auth is revoked, while one of Token Auth stays valid', async () => {
    const { id, client } = await loggedIn(here)
    const other = here.anonymous.as(bearer(await issueToken(here.admin, id)))
    expect((await client.get(details)).status).toBe(200)
    expect((await here.admin.delete(jwtAuthPath(id))).status).toBe(200)
    expectEnvelope(await client.get(details), dead)
    expect((await other.get(details)).status).toBe(200)
    // A method attached anew does not wake the dead.
    await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })
    expectEnvelope(await client.get(details), dead)
  })

  test('is refused while its trust is disabled', async () => {
    const { id, client } = await loggedIn(here)
    await here.db.trust.updateMany({ where: { identityId: id }, data: { enabled: false } })
    expectEnvelope(await client.get(details), dead)
  })
})

describe('renew', () => {
  test('gives the same token a new expiry, and keeps its count of uses', async () => {
    const { token, client } = await loggedIn(here, {
      accessTokenTTL: 600,
      accessTokenMaxTTL: 7200,
      accessTokenNumUsesLimit: 3,
    })
    expect((await client.get(details)).status).toBe(200)
    const answer = await renew(here, token)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body).toEqual({
      accessToken: expect.any(String),
      expiresIn: 600,
      accessTokenMaxTTL: 7200,
      tokenType: 'Bearer',
    })
    const fresh = here.anonymous.as(bearer(answer.body.accessToken))
    expect(decodeJwt(answer.body.accessToken).jti).toBe(decodeJwt(token).jti)
    expect((await rowOf(here, token)).uses).toBe(1)
    expect((await fresh.get(details)).status).toBe(200)
    expect((await client.get(details)).status).toBe(200)
    expectEnvelope(await fresh.get(details), dead)
    expectEnvelope(await renew(here, answer.body.accessToken), dead)
  })

  test('never reaches past the maximum TTL, counted from first issue', async () => {
    const { token } = await loggedIn(here, { accessTokenTTL: 600, accessTokenMaxTTL: 1000 })
    const row = await rowOf(here, token)
    const shift = async (seconds: number) => {
      const back = (date: Date) => new Date(date.getTime() - seconds * 1000)
      const { createdAt, maxExpiresAt } = row
      const data = { createdAt: back(createdAt), maxExpiresAt: back(maxExpiresAt) }
      await here.db.accessToken.update({ where: { id: row.id }, data })
    }
    await shift(700)
    const answer = await renew(here, token)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.body.expiresIn).toBeGreaterThan(300 - 60)
    expect(answer.body.expiresIn).toBeLessThanOrEqual(300)
    const { exp, iat } = decodeJwt(answer.body.accessToken)
    expect(Number(exp) - Number(iat)).toBe(answer.body.expiresIn)
    await shift(1000)
    expectEnvelope(await renew(here, token), dead)
  })

  test('refuses tokens that are revoked, used up or not ours', async () => {
    const revoked = await loggedIn(here)
    await revoke(here, revoked.token)
    expectEnvelope(await renew(here, revoked.token), dead)
    const spent = await loggedIn(here, { accessTokenNumUsesLimit: 1 })
    await spent.client.get(details)
    expectEnvelope(await renew(here, spent.token), dead)
    expectEnvelope(await renew(here, issuer.token()), dead)
    expect((await renew(here, '')).status).toBe(422)
  })
})

describe('revoke', () => {
  test('ends the token and every renewed text of it immediately', async () => {
    const { token, client } = await loggedIn(here)
    const renewed = (await renew(here, token)).body.accessToken
    const answer = await revoke(here, renewed)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ message: expect.any(String) })
    expectEnvelope(await client.get(details), dead)
    expectEnvelope(await here.anonymous.get(details, { headers: bearer(renewed) }), dead)
    expectEnvelope(await revoke(here, token), dead)
  })
})

describe('the limit of uses', () => {
  const count = (answers: Answer[]) => answers.filter(({ status }) => status === 200).length

  test('lets exactly that many of many concurrent requests through', async () => {
    const { client } = await loggedIn(here, { accessTokenNumUsesLimit: 5 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.get(details)))
    expect(count(answers)).toBe(5)
    for (const answer of answers.filter(({ status }) => status !== 200)) expectEnvelope(answer, dead)
  })
})

describe('trusted addresses', () => {
  const refused = { status: 403, error: 'ForbiddenError' }
  const trust = (id: string, ...addresses: string[]) =>
    here.admin.patch(jwtAuthPath(id), { accessTokenTrustedIps: addresses.map((ipAddress) => ({ ipAddress })) })

  test('are read from the trust as it is now, not as at the login', async () => {
    const { id, client } = await loggedIn(here)
    expect((await client.get(details)).status).toBe(200)
    await trust(id, '192.0.2.0/24')
    expectEnvelope(await client.get(details), refused)
    await trust(id, `${here.ip}/31`)
    expect((await client.get(details)).status).toBe(200)
  })

  test('a mapped IPv6 range is the IPv4 range it maps', async () => {
    const { id, client } = await loggedIn(here)
    await trust(id, `::ffff:${here.ip}/127`)
    expect((await client.get(details)).status).toBe(200)
    await trust(id, '::/0')
    expectEnvelope(await client.get(details), refused)
  })

  test('a refused address does not spend a use', async () => {
    const { id, token, client } = await loggedIn(here, { accessTokenNumUsesLimit: 1 })
    await trust(id, '192.0.2.1')
    expectEnvelope(await client.get(details), refused)
    expect((await rowOf(here, token)).uses).toBe(0)
  })

  test('hold for a renewal too, and a token at the wrong one is on record under its holder', async () => {
    const { id, token } = await loggedIn(here)
    await trust(id, '192.0.2.1')
    const answer = await renew(here, token)
    expectEnvelope(answer, refused)
    const entry = await here.db.auditEntry.findFirstOrThrow({
      where: { requestId: answer.headers.get('x-request-id') },
    })
    expect(entry).toMatchObject({ action: 'access.refused', actorKind: 'identity', actorId: id })
  })

  test('do not apply to a revocation: the finder of a leaked token can end it', async () => {
    const { id, token } = await loggedIn(here)
    await trust(id, '192.0.2.1')
    expect((await revoke(here, token)).status).toBe(200)
    expect((await rowOf(here, token)).revokedAt).not.toBeNull()
  })
})
