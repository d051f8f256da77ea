import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, type Installation, install, issueToken, login } from './installation'
import { createIssuer } from './issuer'

/** OAuth's own clients, unmodified: oauth4webapi 3.8 and openid-client 6.9. */
let here: Installation
let as: oauth.AuthorizationServer
let client: oauth.Client
let secret: string
beforeAll(async () => {
  here = await install()
  const actor = await here.actor('no-access', 'resource server')
  client = { client_id: actor.id }
  secret = actor.token
  const issuer = new URL(here.keybound.baseUrl)
  as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...http }),
  )
})
afterAll(() => here.stop())

const http = { [oauth.allowInsecureRequests]: true }
const issuer = createIssuer()
const loggedIn = async (grant: object = {}) => {
  const id = await attached(here, { publicKeys: [issuer.pem], accessTokenTTL: 600, ...grant })
  const { body } = await login(here.anonymous, id, issuer.token())
  return { id, token: body.accessToken as string }
}

describe('oauth4webapi', () => {
  test.each(['oauth2', 'oidc'] as const)('finds the metadata (%s), and what it says is true', async (algorithm) => {
    const url = new URL(here.keybound.baseUrl)
    const found = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm, ...http }))
    expect(found).toMatchObject({
      issuer: here.keybound.baseUrl,
      jwks_uri: `${here.keybound.baseUrl}/.well-known/jwks.json`,
    })
    // RFC 8414 §3.2: claims without elements are left out.
    for (const value of Object.values(found)) if (Array.isArray(value)) expect(value.length).toBeGreaterThan(0)
    expect((await here.anonymous.get('/.well-known/jwks.json')).status).toBe(200)
  })

  test('accepts an access token as one of RFC 9068', async () => {
    const { id, token } = await loggedIn()
    const request = new Request('https://resource.example/', { headers: { authorization: `Bearer ${token}` } })
    const claims = await oauth.validateJwtAccessToken(as, request, here.keybound.baseUrl, http)
    expect(claims).toMatchObject({
      iss: here.keybound.baseUrl,
      aud: here.keybound.baseUrl,
      sub: id,
      client_id: id,
      jti: expect.any(String),
    })
  })

  test.each([
    ['HTTP Basic', () => oauth.ClientSecretBasic(secret)],
    ['client_secret_post', () => oauth.ClientSecretPost(secret)],
  ])('introspects and revokes with %s', async (_, auth) => {
    const { id, token } = await loggedIn()
    const introspect = async () =>
      oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth(), token, http))
    expect(await introspect()).toMatchObject({ active: true, sub: id, client_id: id, token_type: 'Bearer' })
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth(), token, http))
    expect(await introspect()).toEqual({ active: false })
  })

  test('revokes without credentials, for holding the token is enough', async () => {
    const { token } = await loggedIn()
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, oauth.None(), token, http))
    expect(
      (await here.anonymous.get('/api/v1/identities/details', { headers: { authorization: `Bearer ${token}` } }))
        .status,
    ).toBe(401)
  })

  test('is told invalid_client and asked for Basic when its secret is wrong', async () => {
    const { token } = await loggedIn()
    const auth = oauth.ClientSecretBasic('wrong')
    const response = await oauth.introspectionRequest(as, client, auth, token, http)
    await expect(oauth.processIntrospectionResponse(as, client, response)).rejects.toMatchObject({
      cause: [{ scheme: 'basic', parameters: expect.objectContaining({ realm: 'keybound' }) }],
    })
  })
})

describe('openid-client', () => {
  test('discovers, introspects and revokes', async () => {
    const config = await openid.discovery(
      new URL(here.keybound.baseUrl),
      client.client_id,
      secret,
      openid.ClientSecretBasic(secret),
      { execute: [openid.allowInsecureRequests] },
    )
    const { id, token } = await loggedIn()
    expect(await openid.tokenIntrospection(config, token)).toMatchObject({ active: true, sub: id })
    await openid.tokenRevocation(config, token, { token_type_hint: 'access_token' })
    expect(await openid.tokenIntrospection(config, token)).toMatchObject({ active: false })
  })
})

describe('an access token', () => {
  test('has the claims that Infisical’s CLI shows', async () => {
    // github.com/Infisical/cli, packages/cmd/login_status.go: loginTokenClaims.
    const { id, token } = await loggedIn()
    const name = (await here.admin.get(`/api/v1/identities/${id}`)).body.identity.identity.name
    const shown = {
      identityId: id,
      identityName: name,
      orgId: here.organizationId,
      authTokenType: 'identityAccessToken',
    }
    expect(decodeJwt(token)).toMatchObject(shown)
    const renewed = await here.anonymous.post('/api/v1/auth/token/renew', { accessToken: token })
    expect(decodeJwt(renewed.body.accessToken)).toMatchObject({ ...shown, client_id: id })
    expect(decodeJwt(await issueToken(here.admin, id))).toMatchObject(shown)
  })

  test('is refused in any other spelling of the same bytes', async () => {
    const { token } = await loggedIn()
    const details = (sent: string) =>
      here.anonymous.get('/api/v1/identities/details', { headers: { authorization: `Bearer ${sent}` } })
    expect((await details(token)).status).toBe(200)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // The last character of 64 bytes carries four bits that nothing reads.
    const twin = letters[letters.indexOf(token.at(-1) ?? '') ^ 1]
    for (const sent of [`${token}=`, `${token}==`, `${token.slice(0, -1)}${twin}`]) {
      const answer = await details(sent)
      expect(answer.status, sent.slice(-4)).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    }
  })
})
