import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { details, issuer, loggedIn, revoke, rowOf } from './token-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const _dead = { status: 401, error: 'TokenError' }

describe('introspection (RFC 7662)', () => {
  const path = '/api/v1/auth/token/introspect'
  const form = (fields: Record<string, string>, client = here.admin) =>
    client.post(path, undefined, {
      raw: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  test('says the same to a form and to JSON', async () => {
    const { id, token } = await loggedIn(here)
    const json = await here.admin.post(path, { token })
    expect(json.status, json.text).toBe(200)
    expect(json.body).toMatchObject({ active: true, sub: id, token_type: 'Bearer', iss: here.keybound.baseUrl })
    const { exp, iat, jti } = decodeJwt(token)
    expect(json.body).toMatchObject({ exp, iat, jti })
    expect((await form({ token, token_type_hint: 'access_token' })).body).toEqual(json.body)
  })

  test('a dead token, or one of another organization, is only reported as inactive', async () => {
    const revoked = await loggedIn(here)
    await revoke(here, revoked.token)
    const theirs = await loggedIn(here)
    const [other] = await here.db.organization.findMany({ where: { NOT: { id: here.organizationId } } })
    const organizationId = other?.id ?? (await strangersOrganization())
    await here.db.identity.update({ where: { id: theirs.id }, data: { organizationId } })
    for (const token of [revoked.token, theirs.token, issuer.token(), 'nonsense']) {
      const answer = await form({ token })
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({ active: false })
    }
  })

  test('needs credentials', async () => {
    const { token } = await loggedIn(here)
    const answer = await form({ token }, here.anonymous)
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
  })

  test('introspection counts as a use only with count_use', async () => {
    const { token, client } = await loggedIn(here, { accessTokenNumUsesLimit: 2 })
    for (let asked = 0; asked < 4; asked++) await form({ token })
    expect((await rowOf(here, token)).uses).toBe(0)
    const counted = await form({ token, count_use: 'true' })
    expect(counted.body).toMatchObject({ active: true, uses: 1, uses_max: 2 })
    expect((await rowOf(here, token)).uses).toBe(1)
    expect((await client.get(details)).status).toBe(200)
    expect((await form({ token, count_use: 'true' })).body).toEqual({ active: false })
    expect((await form({ token })).body).toEqual({ active: false })
    expect((await rowOf(here, token)).uses).toBe(2)
  })

  test('a use counted for a resource server is counted although that server is not among the trusted addresses', async () => {
    const { token } = await loggedIn(here, { accessTokenTrustedIps: [{ ipAddress: '192.0.2.0/24' }] })
    expect((await form({ token, count_use: 'true' })).body).toMatchObject({ active: true, uses: 1 })
    expect((await form({ token, count_use: 'true' })).body).toMatchObject({ active: true, uses: 2 })
    expect((await rowOf(here, token)).uses).toBe(2)
  })

  test('a form that names a member twice is refused', async () => {
    const { token } = await loggedIn(here)
    const raw = `token=${token}&token=x`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await here.admin.post(path, undefined, { raw, headers })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
  })

  const strangersOrganization = async () => {
    await here.stranger()
    const other = await here.db.organization.findFirstOrThrow({ where: { NOT: { id: here.organizationId } } })
    return other.id
  }
})
