import { randomUUID } from 'node:crypto'
import type { Answer } from '@/e2e/apis/client'
import { type JwksServer, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { Ours } from './keybound'
import { audience, issuer, standaloneIssuer, type TokenPool } from './tokens'

/** How a login presents its token, and the body around it, one for each identity. */
export type LoginRequests = { path: string; before: string[]; after: string }

/** The issuer's key set, served over TLS by an authority that only we know. */
export async function startKeyServer({ publicKey, kid }: TokenPool) {
  const authority = createAuthority()
  const server = await startJwksServer({ tls: authority.issue() })
  server.keys = [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }]
  server.discovery = { issuer }
  return { server, caCert: authority.cert }
}
export type KeyServer = { server: JwksServer; caCert: string }

/** Four rules: audience, subject, and two claims. */
const bound = {
  boundIssuer: issuer,
  boundAudiences: audience,
  boundSubject: 'repo:acme/payments:*',
  boundClaims: { repository_owner: 'acme', job_workflow_ref: 'acme/payments/*@refs/heads/main' },
  accessTokenTTL: 900,
  accessTokenMaxTTL: 3600,
}

export type LoginMethod = 'static' | 'jwks' | 'oidc' | 'issuers'

/** Sets a login method up for so many identities (or issuers): the first through the API, the others as copies of its rows. */
export async function enrol(ours: Ours, method: LoginMethod, count: number, keys: KeySources): Promise<LoginRequests> {
  if (method === 'issuers') return enrolIssuers(ours, count, keys.pool)
  const { api, body } = identityMethods[method](keys)
  const made = await ours.admin.post('/api/v1/identities', { name: `agent ${randomUUID()}`, role: 'member' })
  const id: string = required(made).identity.id
  required(await ours.admin.post(`/api/v1/auth/${api}/identities/${id}`, body))
  const ids = [id, ...(await copyIdentity(ours, id, count - 1))]
  const before = ids.map((identityId) => `{"identityId":"${identityId}","jwt":"`)
  return { path: `/api/v1/auth/${api}/login`, before, after: '"}' }
}

export type KeySources = { pool: TokenPool; keyServer: KeyServer }

const identityMethods = {
  static: ({ pool }: KeySources) => ({
    api: 'jwt-auth',
    body: { ...bound, publicKeys: [pool.publicKey.export({ type: 'spki', format: 'pem' }).toString()] },
  }),
  jwks: ({ keyServer: { server, caCert } }: KeySources) => ({
    api: 'jwt-auth',
    body: { ...bound, jwksUrl: server.jwksUrl, jwksCaCert: caCert },
  }),
  oidc: ({ keyServer: { server, caCert } }: KeySources) => ({
    api: 'oidc-auth',
    body: { ...bound, oidcDiscoveryUrl: server.origin, caCert },
  }),
}

async function enrolIssuers(ours: Ours, count: number, { publicKey, kid }: TokenPool): Promise<LoginRequests> {
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }
  const body = { iss: standaloneIssuer(0), project: { id: 'bench' }, aud: [audience], keys: [jwk] }
  const known = await ours.db.trust.count({ where: { kind: 'issuer' } })
  if (known === 0) required(await ours.admin.post('/auth/v1/issuers', body), 201)
  const row = await ours.db.trust.findFirstOrThrow({ where: { soleIssuer: standaloneIssuer(0) } })
  const missing = Array.from({ length: count }, (_, at) => standaloneIssuer(at)).slice(Math.max(1, known))
  await ours.db.trust.createMany({
    data: missing.map((iss) => ({ ...row, id: randomUUID(), name: iss, issuer: iss, soleIssuer: iss })),
  })
  return { path: '/auth/v1/tokens', before: ['{"token":"'], after: '"}' }
}

/** Copies an identity with its trust; the copies' ids. */
async function copyIdentity({ db }: Ours, id: string, copies: number): Promise<string[]> {
  const { trusts, ...identity } = await db.identity.findUniqueOrThrow({ where: { id }, include: { trusts: true } })
  const [trust] = trusts
  if (!trust) throw new Error('The identity has no trust.')
  const sources = await db.trustKeySource.findMany({ where: { trustId: trust.id } })
  const ids = Array.from({ length: copies }, () => ({ identityId: randomUUID(), trustId: randomUUID() }))
  await db.identity.createMany({
    data: ids.map(({ identityId }) => ({ ...identity, id: identityId, name: `agent ${identityId}` })),
  })
  await db.trust.createMany({
    data: ids.map(({ identityId, trustId }) => ({ ...trust, id: trustId, identityId })),
  })
  await db.trustKeySource.createMany({
    data: ids.flatMap(({ trustId }) => sources.map((source) => ({ ...source, trustId }))),
  })
  return ids.map(({ identityId }) => identityId)
}

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of an answer that succeeded
function required({ status, body, text }: Answer, wanted = 200): any {
  if (status !== wanted) throw new Error(`${status}: ${text}`)
  return body
}
