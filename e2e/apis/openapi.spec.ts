import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apis } from '@/lib/apis'
import type { Operation } from '@/lib/apis/api'
import type { Answer } from './client'
import { attached, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
type Document = { openapi: string; paths: Record<string, Record<string, OperationObject>>; [name: string]: unknown }
type OperationObject = {
  operationId: string
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
  security: unknown[]
}

let here: Installation
let document: Document
beforeAll(async () => {
  here = await install()
  document = (await here.anonymous.get('/api/openapi.json')).body
})
afterAll(() => here.stop())

const operations = apis.flatMap((api) =>
  Object.entries(api.operations).map(([name, operation]): [string, Operation] => [`${api.name}.${name}`, operation]),
)

describe('the document', () => {
  test('is OpenAPI 3.1 and names this server', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document).toMatchObject({ info: { title: 'Keybound' }, servers: [{ url: here.keybound.baseUrl }] })
  })

  test.each(operations)('has %s, with its path, parameters, body and statuses', (id, operation) => {
    const found = document.paths[operation.path]?.[operation.method.toLowerCase()]
    expect(found?.operationId).toBe(id)
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (found?.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort())
    for (const parameter of declared) expect(parameter.required).toBe(true)
    expect(Boolean(found?.requestBody)).toBe(operation.body !== undefined)
    expect(found?.responses[String(operation.success.status)]?.description).toBe(operation.success.description)
    expect((found?.security ?? []).length > 0).toBe(operation.auth === 'required' || operation.auth === 'client')
  })

  test('contains only what is in the registry, and every operation has a unique id', () => {
    const ids = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    )
    expect([...ids].sort()).toEqual(operations.map(([id]) => id).sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has no reference that leads nowhere', () => {
    const broken: string[] = []
    const walk = (value: Json): void => {
      if (typeof value !== 'object' || value === null) return
      const ref = '$ref' in value ? value.$ref : null
      if (typeof ref === 'string' && resolved(document, ref) === undefined) broken.push(ref)
      for (const member of Object.values(value)) walk(member)
    }
    walk(document as unknown as Json)
    expect(broken).toEqual([])
  })
})

const resolved = (root: unknown, ref: string) =>
  ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')],
      root,
    )

describe('answers have the declared shape', () => {
  test('every success and every refusal of a tour through the API fits its schema, with nothing more in it', async () => {
    const seen = new Set<string>()
    const check = (id: string, answer: Answer) => {
      const [, operation] = operations.find(([name]) => name === id)!
      const api = apis.find(({ name }) => id.startsWith(`${name}.`))!
      const isGood = answer.status === operation.success.status
      expect(isGood || answer.status >= 400, `${id} ${answer.text}`).toBe(true)
      const schema = isGood ? operation.success.schema : api.envelope.errorSchema
      if (!schema) return
      const parsed = schema.safeParse(answer.body)
      expect(parsed.error?.issues, `${id} ${answer.text}`).toBeUndefined()
      expect(withoutUndefined(parsed.data), id).toEqual(answer.body)
      const { responses } = document.paths[operation.path]![operation.method.toLowerCase()]!
      const described = responses[String(answer.status)]?.content?.['application/json']?.schema
      expect(described, `${id} ${answer.status}`).toBeDefined()
      const judged = asJsonSchema(described).safeParse(answer.body)
      expect(judged.error?.issues, `${id} ${answer.text}`).toBeUndefined()
      seen.add(`${id} ${isGood ? 'good' : 'bad'}`)
    }
    const issuer = createIssuer()
    const id = await attached(here, {
      publicKeys: [issuer.pem],
      boundClaims: { sub_name: 'x' },
      boundIssuer: 'https://issuer.example',
    })
    const plain = await attached(here, { publicKeys: [issuer.pem] })
    const admin = here.admin
    const jwt = 'infisical-jwt-auth'
    const good = await login(here.anonymous, plain, issuer.token())
    const refused = await login(here.anonymous, id, issuer.token())
    check(`${jwt}.login`, good)
    check(`${jwt}.login`, refused)
    check(`${jwt}.get`, await admin.get(jwtAuthPath(id)))
    check(`${jwt}.update`, await admin.patch(jwtAuthPath(id), { boundSubject: 'x' }))
    check(`${jwt}.update`, await admin.patch(jwtAuthPath(id), { boundSubject: 1 }))
    check(`${jwt}.attach`, await admin.post(jwtAuthPath(id), { publicKeys: ['x'] }))
    check(`${jwt}.revoke`, await admin.delete(jwtAuthPath(id)))
    const oidc = `/api/v1/auth/oidc-auth/identities/${id}`
    const oidcBody = { oidcDiscoveryUrl: 'https://i.example', boundIssuer: 'https://i.example', boundClaims: {} }
    check('infisical-oidc-auth.attach', await admin.post(oidc, oidcBody))
    check('infisical-oidc-auth.get', await admin.get(oidc))
    check('infisical-oidc-auth.update', await admin.patch(oidc, { claimMetadataMapping: { a: 'b' } }))
    check('infisical-oidc-auth.revoke', await admin.delete(oidc))
    check(
      'infisical-token.renew',
      await here.anonymous.post('/api/v1/auth/token/renew', { accessToken: good.body.accessToken }),
    )
    check(
      'oauth-tokens.introspect',
      await admin.post('/api/v1/auth/token/introspect', { token: good.body.accessToken }),
    )
    check(
      'infisical-token.revoke',
      await here.anonymous.post('/api/v1/auth/token/revoke', { accessToken: good.body.accessToken }),
    )
    check(
      'infisical-token.renew',
      await here.anonymous.post('/api/v1/auth/token/renew', { accessToken: good.body.accessToken }),
    )
    const identities = '/api/v1/identities'
    check('infisical-identities.list', await admin.get(identities))
    check('infisical-identities.search', await admin.post(`${identities}/search`, {}))
    check('infisical-identities.details', await admin.get(`${identities}/details`))
    check('infisical-identities.listMemberships', await admin.get(`${identities}/${plain}/identity-memberships`))
    check(
      'infisical-identities.listOfOrganization',
      await admin.get(`/api/v2/organizations/${here.organizationId}/identity-memberships`),
    )
    check('infisical-identities.get', await admin.get(`${identities}/${plain}`))
    check('infisical-identities.update', await admin.patch(`${identities}/${plain}`, { metadata: { a: 'b' } }))
    check('infisical-identities.create', await admin.post(identities, { name: 'new' }))
    check('infisical-identities.create', await admin.post(identities, {}))
    const tokenAuth = `/api/v1/auth/token-auth/identities/${plain}`
    check('infisical-token-auth.attach', await admin.post(tokenAuth, {}))
    check('infisical-token-auth.get', await admin.get(tokenAuth))
    check('infisical-token-auth.update', await admin.patch(tokenAuth, { accessTokenTTL: 60 }))
    const issued = await admin.post(`${tokenAuth}/tokens`, {})
    check('infisical-token-auth.createToken', issued)
    const oneToken = `/api/v1/auth/token-auth/tokens/${issued.body.tokenData.id}`
    check('infisical-token-auth.getToken', await admin.get(oneToken))
    check('infisical-token-auth.updateToken', await admin.patch(oneToken, { name: 'x' }))
    check('infisical-token-auth.deleteToken', await admin.delete(oneToken))
    check('infisical-token-auth.listTokens', await admin.get(`${tokenAuth}/tokens`))
    check('infisical-token-auth.revoke', await admin.delete(tokenAuth))
    const ours = '/api/admin'
    check('admin.getOverview', await admin.get(`${ours}/overview`))
    check('admin.listIdentities', await admin.get(`${ours}/identities`))
    check('admin.getIdentity', await admin.get(`${ours}/identities/${plain}`))
    check('admin.listTrusts', await admin.get(`${ours}/trusts`))
    check('admin.getIdentityTrust', await admin.get(`${ours}/identities/${plain}/trusts/jwt`))
    check('admin.listTokens', await admin.get(`${ours}/tokens`))
    check('admin.listDecisions', await admin.get(`${ours}/decisions`))
    check('admin.getDecision', await admin.get(`${ours}/decisions/${refused.body.reqId}`))
    const audit = await admin.get(`${ours}/audit`)
    check('admin.listAuditEntries', audit)
    check('admin.getAuditEntry', await admin.get(`${ours}/audit/${audit.body.entries[0].id}`))
    check('admin.listMembers', await admin.get(`${ours}/members`))
    check('admin.session', await here.anonymous.get(`${ours}/session`))
    check('admin.setupState', await here.anonymous.get(`${ours}/setup`))
    check('oauth-metadata.authorizationServer', await here.anonymous.get('/.well-known/oauth-authorization-server'))
    check('oauth-metadata.openIdConfiguration', await here.anonymous.get('/.well-known/openid-configuration'))
    check('admin.publicKeys', await here.anonymous.get('/.well-known/jwks.json'))
    check('infisical-identities.remove', await admin.delete(`${identities}/${plain}`))
    expect(seen.size).toBeGreaterThan(35)
  })
})

/** A schema of the document as it is served, with the schemas that it refers to. */
function asJsonSchema(schema: object | undefined) {
  const { schemas } = document.components as { schemas: object }
  const text = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/')
  return z.fromJSONSchema(JSON.parse(text))
}

const withoutUndefined = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))

test('every declared operation is mounted: asked without a credential, none is 404 or 405', async () => {
  for (const [id, operation] of operations) {
    const path = operation.path.replace('{method}', 'jwt').replace(/\{\w+\}/g, here.organizationId)
    const answer = await here.anonymous.call(operation.method, path)
    if (operation.auth === 'required') expect(answer.status, id).toBe(401)
    else expect([200, 302, 400, 401, 422], id).toContain(answer.status)
    // What a browser walks through answers people.
    if (id.startsWith('zitadel-sign-in.')) continue
    expect(z.string().startsWith('application/json').safeParse(answer.headers.get('content-type')).success, id).toBe(
      true,
    )
  }
})
