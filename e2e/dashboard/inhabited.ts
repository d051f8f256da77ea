import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, type Installation, openOnPurpose } from '../fixtures/test'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

export { privateKey }
/** The key that `token` signs with. */
export const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** A token of `inhabited`’s issuer. */
export const token = (more: Record<string, unknown> = {}, issuer = 'https://issuer.example') =>
  new SignJWT({ repository: { owner: 'acme' }, groups: ['a', 'b'], ...more })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setAudience('keybound')
    .setSubject('build-agent')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)

/** An identity with everything there is to see: a trust, tokens, accepted and refused logins. */
export async function inhabited({ api, anonymous, identity }: Installation, name: string) {
  const id = await identity(name, {
    role: 'member',
    hasDeleteProtection: true,
    metadata: [{ key: 'team', value: 'a' }],
  })
  const trust = {
    issuer: 'https://issuer.example',
    keys: [{ kind: 'static-pem', pem }],
    rules: [
      { path: 'aud', matcher: { kind: 'glob-any', values: ['keybound'] } },
      { path: 'repository.owner', matcher: { kind: 'glob-any', values: ['acme'] } },
      { path: 'groups', matcher: { kind: 'subset-of', values: ['a', 'b'] } },
    ],
  }
  const attached = await api.post(`/api/admin/identities/${id}/trusts/jwt`, trust)
  expect(attached.status, attached.text).toBe(201)
  expect((await api.post(`/api/v1/auth/token-auth/identities/${id}`, {})).status).toBe(200)
  expect((await api.post(`/api/v1/auth/token-auth/identities/${id}/tokens`, { name: 'nightly' })).status).toBe(200)
  const login = async (jwt: string) => anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt })
  expect((await login(await token())).status).toBe(200)
  const refused = await login(await token({ groups: ['c'] }))
  expect(refused.status).toBe(403)
  return { id, reqId: String(refused.body.reqId) }
}

/** An issuer with keys of both origins and limits, and a provider that is switched off. */
export async function standalone({ api }: Installation) {
  const make = async (fields: Record<string, unknown>): Promise<string> => {
    const made = await api.post('/api/admin/trusts', fields)
    expect(made.status, made.text).toBe(201)
    return made.body.id
  }
  const keys = [{ kind: 'jwks-url', url: 'https://issuer.example/jwks' }]
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'by-hand' }
  const number = ++standaloneCount
  const issuerId = await make({
    method: 'issuer',
    issuer: `https://issuer.example/${number}`,
    project: 'web',
    ...openOnPurpose,
    keys: [...keys, { kind: 'inline-jwk', jwk }],
    rules: [
      { path: 'roles', matcher: { kind: 'subset-of', values: ['viewer'] }, whenAbsent: 'allow' },
      { path: 'prm', matcher: { kind: 'within-bitmask', mask: '5' }, whenAbsent: 'allow' },
    ],
  })
  const providerId = await make({
    method: 'sign-in',
    name: `Portal ${number}`,
    issuer: 'https://issuer.example',
    keys,
    enabled: false,
    signIn: { jwtEndpoint: 'https://portal.example/auth/jwt' },
  })
  return { issuerId, providerId }
}
let standaloneCount = 0
