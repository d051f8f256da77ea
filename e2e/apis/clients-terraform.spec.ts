import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, type Client } from './client'
import { expectEnvelope, type Installation, install, wrongFields } from './installation'

/**
 * The requests of Infisical's Terraform provider (github.com/Infisical/terraform-provider-infisical, as of provider 0.19:
 * internal/client/*.go and internal/provider/resource/identity*.go), in the order of `terraform apply`, `plan` and `destroy`.
 * Its structs carry ids of the path in the body, and its fields are present even where they are empty.
 */
let here: Installation
let terraform: Client
beforeAll(async () => {
  here = await install()
  const { token } = await here.actor('admin', 'terraform')
  terraform = here.nobody.as({ ...bearer(token), 'user-agent': 'terraform', accept: 'application/json' })
})
afterAll(() => here.stop())

const ok = async (answer: ReturnType<Client['get']>) => {
  const { status, text, body } = await answer
  expect(status, text).toBe(200)
  return body
}
const remove = (path: string, body: object) => terraform.call('DELETE', path, body)

const createIdentity = async (name: string) => {
  const request = { name, hasDeleteProtection: false, organizationId: here.organizationId, role: 'no-access' }
  return (await ok(terraform.post('/api/v1/identities', request))).identity.id as string
}

describe('infisical_identity', () => {
  test('is created, read, updated with its id in the body, planned without drift, and destroyed', async () => {
    const metadata = [{ key: 'team', value: 'core' }]
    const request = { name: 'runner', hasDeleteProtection: true, organizationId: here.organizationId, role: 'member' }
    const created = await ok(terraform.post('/api/v1/identities', { ...request, metadata }))
    const identityId: string = created.identity.id
    const path = `/api/v1/identities/${identityId}`
    expect(created.identity).toMatchObject({ name: 'runner', hasDeleteProtection: true, metadata, authMethods: [] })

    const update = { identityId, name: 'runner', hasDeleteProtection: false, role: 'auditor', metadata: [] }
    await ok(terraform.patch(path, update))
    const { identity } = await ok(terraform.get(path))
    expect(identity).toMatchObject({ role: 'auditor', metadata: [] })
    expect(identity.identity).toMatchObject({ id: identityId, name: 'runner', hasDeleteProtection: false })

    await ok(remove(path, { identityId }))
    expect((await terraform.get(path)).status).toBe(404)
  })
})

describe('infisical_identity_token_auth', () => {
  test('is created, updated, planned without drift, and destroyed', async () => {
    const identityId = await createIdentity('token auth')
    const path = `/api/v1/auth/token-auth/identities/${identityId}`
    const { identityTokenAuth } = await ok(terraform.post(path, { identityId, accessTokenTTL: 600 }))
    expect((await ok(terraform.get(path))).identityTokenAuth).toEqual(identityTokenAuth)

    const ips = [{ ipAddress: '127.0.0.0/8' }]
    const update = { identityId, accessTokenTrustedIps: ips, accessTokenTTL: 300, accessTokenMaxTTL: 600 }
    const updated = (await ok(terraform.patch(path, update))).identityTokenAuth
    expect(updated).toMatchObject({
      id: identityTokenAuth.id,
      identityId,
      accessTokenTTL: 300,
      accessTokenMaxTTL: 600,
      accessTokenNumUsesLimit: 0,
      accessTokenTrustedIps: [{ ipAddress: '127.0.0.0', type: 'ipv4', prefix: 8 }],
    })
    expect((await ok(terraform.get(path))).identityTokenAuth).toEqual(updated)
    expect((await ok(terraform.get(`/api/v1/identities/${identityId}`))).identity.identity.authMethods).toEqual([
      'token-auth',
    ])

    await ok(remove(path, { identityId }))
    // Both are "not there" to the provider.
    expect([400, 404]).toContain((await terraform.get(path)).status)
  })
})

describe('infisical_identity_token_auth_token', () => {
  const setUp = async () => {
    const identityId = await createIdentity('token')
    const path = `/api/v1/auth/token-auth/identities/${identityId}`
    await ok(terraform.post(path, { identityId, accessTokenTTL: 600, accessTokenMaxTTL: 1200 }))
    const created = await ok(terraform.post(`${path}/tokens`, { identityId, name: 'ci' }))
    const tokenId: string = created.tokenData.id
    return { identityId, tokenId, created, one: `/api/v1/auth/token-auth/tokens/${tokenId}` }
  }

  test('is read without drift, so that no apply issues another live token', async () => {
    const { one, created } = await setUp()
    const { token } = await ok(terraform.get(one))
    expect(token).toEqual(created.tokenData)
    expect(token).toMatchObject({
      name: 'ci',
      accessTokenTTL: 600,
      accessTokenMaxTTL: 1200,
      isAccessTokenRevoked: false,
      accessTokenNumUses: 0,
    })
  })

  test('is renamed in place, and its text goes on working', async () => {
    const { one, tokenId, created } = await setUp()
    const { token } = await ok(terraform.patch(one, { tokenId, name: 'nightly' }))
    expect(token).toEqual({ ...created.tokenData, name: 'nightly' })
    expect((await ok(terraform.get(one))).token.name).toBe('nightly')
    expect((await here.nobody.get('/api/v1/identities/details', { headers: bearer(created.accessToken) })).status).toBe(
      200,
    )
    expect(decodeJwt(created.accessToken).jti).toBe(tokenId)
  })

  test('reads whole seconds after a renewal, which its client cannot do without', async () => {
    const { one, created } = await setUp()
    await ok(here.nobody.post('/api/v1/auth/token/renew', { accessToken: created.accessToken }))
    const { token } = await ok(terraform.get(one))
    expect(token).toMatchObject({ accessTokenTTL: 600, accessTokenMaxTTL: 1200 })
  })

  test('is destroyed with both ids in the body, and is then gone from the state', async () => {
    const { one, identityId, tokenId } = await setUp()
    await ok(terraform.post(`${one}/revoke`, { identityId, tokenId }))
    expect((await ok(terraform.get(one))).token.isAccessTokenRevoked).toBe(true)
  })

  test('of another identity than the body names is not revoked', async () => {
    const { one, tokenId } = await setUp()
    const identityId = await createIdentity('other')
    expectEnvelope(await terraform.post(`${one}/revoke`, { identityId, tokenId }), { status: 400, error: 'BadRequest' })
    expect((await ok(terraform.get(one))).token.isAccessTokenRevoked).toBe(false)
  })

  test('that a login issued is none of Token Auth', async () => {
    expectEnvelope(await terraform.get(`/api/v1/auth/token-auth/tokens/${here.organizationId}`), {
      status: 404,
      error: 'NotFound',
    })
  })
})

describe('an id that the body repeats', () => {
  test('is refused where it differs from the path, and nothing is done', async () => {
    const identityId = await createIdentity('kept')
    const other = await createIdentity('other')
    const path = `/api/v1/identities/${identityId}`
    const differs = { status: 400, error: 'BadRequest' }
    expectEnvelope(await terraform.patch(path, { identityId: other, name: 'x' }), differs)
    expectEnvelope(await terraform.patch(path, { identityId: null, name: 'x' }), differs)
    expectEnvelope(await remove(path, { identityId: other }), differs)
    expect((await ok(terraform.get(path))).identity.identity.name).toBe('kept')
  })

  test('may be written in capitals, in the path as in the body', async () => {
    const identityId = await createIdentity('capitals')
    const body = { identityId: identityId.toUpperCase(), name: 'renamed' }
    const { identity } = await ok(terraform.patch(`/api/v1/identities/${identityId.toUpperCase()}`, body))
    expect(identity).toMatchObject({ id: identityId, name: 'renamed' })
  })

  test('opens the body to no other key', async () => {
    const identityId = await createIdentity('strict')
    const path = `/api/v1/identities/${identityId}`
    expect(wrongFields(await terraform.patch(path, { identityId, tokenId: identityId }))).toEqual(['tokenId'])
  })
})
