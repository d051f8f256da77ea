import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthority } from '../peers/tls-authority'
import { bearer, type Client } from './client'
import { expectEnvelope, type Installation, install, wrongFields } from './installation'
import { createIssuer } from './issuer'

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
  terraform = here.anonymous.as({ ...bearer(token), 'user-agent': 'terraform', accept: 'application/json' })
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

/** What a plan of `infisical_identity_jwt_auth` and `…_oidc_auth` names in common, as Terraform keeps it. */
type Plan = { audiences: string[]; claims: Record<string, string>; ips: string[] }

/** What the provider's structs send of it, always; lifetimes of 0 and no addresses are left out (`omitempty`). */
const sentOf = (identityId: string, { audiences, claims, ips }: Plan) => ({
  identityId,
  boundAudiences: audiences.join(','),
  boundClaims: claims,
  ...(ips.length > 0 ? { accessTokenTrustedIps: ips.map((ipAddress) => ({ ipAddress })) } : {}),
})

/** The plan as the provider reads it back. Where it differs from what was planned, `apply` fails or `plan` shows drift. */
function readBack(answer: Record<string, never>, { claims }: Plan): Plan {
  const { boundAudiences, boundClaims, accessTokenTrustedIps } = answer as Record<string, unknown>
  const trimmed = (list: string) => list.split(',').map((part) => part.trim())
  const asPlanned = ([name, value]: [string, string]) => [
    name,
    trimmed(value).join(claims[name]?.includes(', ') ? ', ' : ','),
  ]
  const read = accessTokenTrustedIps as { ipAddress: string; prefix?: number }[]
  return {
    audiences: boundAudiences === '' ? [] : trimmed(String(boundAudiences)),
    claims: Object.fromEntries(Object.entries(boundClaims as Record<string, string>).map(asPlanned)),
    ips: read.map(({ ipAddress, prefix }) => (prefix === undefined ? ipAddress : `${ipAddress}/${prefix}`)),
  }
}

const everywhere = ['0.0.0.0/0', '::/0']
const narrow: Plan = {
  audiences: ['https://keybound.example', 'api'],
  claims: { repository: 'acme/*,acme-labs/app', 'kubernetes.io': 'a, b', team: 'core' },
  ips: ['10.1.2.3/8', '2001:DB8::1', '::ffff:10.0.0.0/104', '192.0.2.7'],
}
/** What Go's decoder takes for `int64`, `string` and a date. */
const decodable = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/),
  updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/),
}

describe('infisical_identity_jwt_auth', () => {
  const { cert } = createAuthority()
  const [first, second] = [createIssuer(), createIssuer('RS256')]
  const bound = { boundIssuer: 'https://issuer.example/', boundSubject: 'build:*' }
  const jwks = { configurationType: 'jwks', jwksUrl: 'https://issuer.example/keys', jwksCaCert: `${cert}\n` }
  const keys = [first.pem, second.pem.replaceAll('\n', '\r\n')]

  /** One apply: what is planned is what is answered, and what the next plan reads. */
  const apply = async (method: 'POST' | 'PATCH', identityId: string, config: object, plan: Plan) => {
    const path = `/api/v1/auth/jwt-auth/identities/${identityId}`
    const sent = { ...sentOf(identityId, plan), ...bound, ...config }
    const { identityJwtAuth } = await ok(terraform.call(method, path, sent))
    expect(identityJwtAuth).toMatchObject({ ...decodable, ...bound, ...config })
    expect(readBack(identityJwtAuth, plan)).toEqual({ ...plan, ips: plan.ips.length > 0 ? plan.ips : everywhere })
    expect((await ok(terraform.get(path))).identityJwtAuth).toEqual(identityJwtAuth)
    return identityJwtAuth
  }

  test('is created, switched in place between a URL and static keys, imported and destroyed, without drift', async () => {
    const identityId = await createIdentity('jwt auth')
    const lifetimes = { accessTokenTTL: 600, accessTokenMaxTTL: 1200, accessTokenNumUsesLimit: 3 }
    const created = await apply('POST', identityId, { ...jwks, publicKeys: [], ...lifetimes }, narrow)
    // The state has the URL and its certificate still, so the provider sends them along.
    const open: Plan = { audiences: [], claims: {}, ips: narrow.ips }
    await apply('PATCH', identityId, { ...jwks, configurationType: 'static', publicKeys: keys }, open)
    const back = await apply('PATCH', identityId, { ...jwks, publicKeys: keys }, narrow)
    // What the provider leaves out as Go's zero value is kept.
    expect(back).toMatchObject({ id: created.id, createdAt: created.createdAt, ...lifetimes })

    const path = `/api/v1/auth/jwt-auth/identities/${identityId}`
    await ok(remove(path, { identityId }))
    expect((await terraform.get(path)).status).toBe(404)
  })

  test('with static keys alone has no URL and no certificate, and the defaults of Infisical', async () => {
    const identityId = await createIdentity('static')
    const config = { configurationType: 'static', jwksUrl: '', jwksCaCert: '', publicKeys: keys }
    const created = await apply('POST', identityId, config, { audiences: [], claims: {}, ips: [] })
    expect(created).toMatchObject({ accessTokenTTL: 2_592_000, accessTokenMaxTTL: 2_592_000 })
    expect(created.accessTokenNumUsesLimit).toBe(0)
  })
})

describe('infisical_identity_oidc_auth', () => {
  test('is created, updated, planned without drift, and destroyed', async () => {
    const { cert } = createAuthority()
    const identityId = await createIdentity('oidc auth')
    const path = `/api/v1/auth/oidc-auth/identities/${identityId}`
    const mapped: Record<string, string> = { team: 'groups.0', who: '/kubernetes.io/namespace' }
    const config = {
      oidcDiscoveryUrl: 'https://issuer.example/realms/a/',
      boundIssuer: 'https://issuer.example/realms/a',
      boundSubject: '',
      caCert: `${cert.replaceAll('\n', '\r\n')}\n`,
      claimMetadataMapping: mapped,
    }
    const apply = async (method: 'POST' | 'PATCH', more: Partial<typeof config>, plan: Plan) => {
      const sent = { ...sentOf(identityId, plan), ...config, ...more }
      const { identityOidcAuth } = await ok(terraform.call(method, path, sent))
      const { claimMetadataMapping, ...rest } = { ...config, ...more }
      expect(identityOidcAuth).toMatchObject({ ...decodable, ...rest })
      expect(identityOidcAuth.claimMetadataMapping ?? {}).toEqual(claimMetadataMapping)
      expect(readBack(identityOidcAuth, plan)).toEqual({ ...plan, ips: plan.ips.length > 0 ? plan.ips : everywhere })
      expect((await ok(terraform.get(path))).identityOidcAuth).toEqual(identityOidcAuth)
    }
    await apply('POST', {}, { ...narrow, ips: [] })
    await apply('PATCH', { claimMetadataMapping: {}, caCert: '', boundSubject: 'sub-1' }, narrow)
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

  test('is renamed in place, and keeps working', async () => {
    const { one, tokenId, created } = await setUp()
    const { token } = await ok(terraform.patch(one, { tokenId, name: 'nightly' }))
    expect(token).toEqual({ ...created.tokenData, name: 'nightly' })
    expect((await ok(terraform.get(one))).token.name).toBe('nightly')
    expect(
      (await here.anonymous.get('/api/v1/identities/details', { headers: bearer(created.accessToken) })).status,
    ).toBe(200)
    expect(decodeJwt(created.accessToken).jti).toBe(tokenId)
  })

  test('reads whole seconds after a renewal, which its client cannot do without', async () => {
    const { one, created } = await setUp()
    await ok(here.anonymous.post('/api/v1/auth/token/renew', { accessToken: created.accessToken }))
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

  test('issued by a login does not belong to Token Auth', async () => {
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

  test('does not permit other unknown members of the body', async () => {
    const identityId = await createIdentity('strict')
    const path = `/api/v1/identities/${identityId}`
    expect(wrongFields(await terraform.patch(path, { identityId, tokenId: identityId }))).toEqual(['tokenId'])
  })
})
