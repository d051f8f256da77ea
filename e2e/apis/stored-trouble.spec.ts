import { randomUUID } from 'node:crypto'
import { Code, ConnectError } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { createAdminServiceClient } from '@zitadel/client/v1'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Db } from '@/lib/db/client'
import { freePort } from '../fixtures/free-port'
import { type Interruptible, interruptible, interruptions } from '../fixtures/interruptible'
import { databaseUnderTest } from '../fixtures/keybound'
import { eventually } from './eventually'
import { credentials, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let database: Interruptible
let on: Installation
let db: Db
let identityId: string
let grpcUrl: string
const issuer = createIssuer()
const configuration = {
  ...{ configurationType: 'static', publicKeys: [issuer.pem], boundIssuer: 'https://issuer.example' },
  ...{ boundAudiences: '', boundSubject: '', boundClaims: {} },
  ...{ accessTokenTTL: 900, accessTokenMaxTTL: 900, accessTokenNumUsesLimit: 0 },
  accessTokenTrustedIps: [{ ipAddress: '0.0.0.0/0' }],
}
const iss = 'https://partner.example'
const partner = {
  iss,
  project: { id: 'p' },
  JWKsURL: 'https://partner.example/keys',
  aud: [],
  roles: [],
  prm: 0,
  keys: [],
}
const gateway = {
  ...{ name: 'Gateway', issuer: 'https://issuer.example', jwtEndpoint: 'https://gateway.example/jwt' },
  ...{ keysEndpoint: 'https://issuer.example/keys', headerName: 'x-token' },
}
let idpId: string

beforeAll(async () => {
  database = await interruptible(databaseUnderTest())
  const port = String(await freePort())
  on = await install({ ...database.env, GRPC_PORT: port })
  grpcUrl = `http://127.0.0.1:${port}`
  db = database.env.DATABASE_URL ? connect(database.env.DATABASE_URL) : on.db
  identityId = await on.identity()
  const made = [
    await on.admin.post(jwtAuthPath(identityId), configuration),
    await on.admin.post('/auth/v1/issuers', partner),
    await on.admin.post('/admin/v1/idps/jwt', gateway),
  ]
  for (const { status, text } of made) expect([200, 201], text).toContain(status)
  idpId = made[2]?.body.idpId
})
afterAll(async () => {
  if (db !== on.db) await db.$disconnect()
  await on.stop()
  await database.stop()
})

const attempt = () => login(on.anonymous, identityId, issuer.token())

describe('a column that was broken by hand', () => {
  const columns = ['keys', 'keyUse', 'algorithms', 'rules', 'lifetime', 'grant', 'options']
  const trusts = () => db.trust.findMany({ orderBy: { kind: 'asc' } })

  test.each(columns)(
    'of every trust (%s) leaves all lists, refuses logins, and each trust can be replaced',
    async (column) => {
      const before = await trusts()
      await db.trust.updateMany({ data: { [column]: '{"broken' } })
      const answers = await Promise.all([
        on.admin.get('/api/admin/trusts'),
        on.admin.get('/api/admin/identities'),
        on.admin.get(jwtAuthPath(identityId)),
        on.admin.get('/auth/v1/issuers'),
        on.admin.post('/admin/v1/idps/_search', {}),
      ])
      for (const { status, text } of answers) expect(status, text).toBe(200)
      expect(answers[0]?.body.trusts).toHaveLength(3)
      for (const trust of answers[0]?.body.trusts ?? [])
        expect(trust.unreadable).toEqual([column === 'options' ? 'foreign' : column])
      expect(answers[3]?.body.total).toBe(1)
      expect(answers[4]?.body.result).toHaveLength(1)

      const refused = await attempt()
      expect(refused.status, refused.text).toBe(503)
      expect(refused.headers.get('retry-after')).toBeTruthy()
      expect(refused.text).not.toContain(column)
      const decision = await on.admin.get(`/api/admin/decisions/${refused.body.reqId}`)
      expect(decision.body).toMatchObject({ reason: 'trust_unreadable', accepted: false })

      expect((await on.admin.patch(jwtAuthPath(identityId), configuration)).status).toBe(200)
      expect((await on.admin.put(`/auth/v1/issuers/${encodeURIComponent(iss)}`, partner)).status).toBe(200)
      expect((await attempt()).status).toBe(200)
      for (const { id, ...data } of before) await db.trust.update({ where: { id }, data })
    },
  )

  test('leaves every trust to be removed in the API it was made in', async () => {
    await db.trust.updateMany({ data: { keys: '{', rules: '{', options: '{' } })
    const removed = [
      await on.admin.delete(jwtAuthPath(identityId)),
      await on.admin.delete(`/auth/v1/issuers/${encodeURIComponent(iss)}`),
      await on.admin.delete(`/admin/v1/idps/${idpId}`),
    ]
    for (const { status, text } of removed) expect([200, 204], text).toContain(status)
    expect(await trusts()).toEqual([])
    expect((await on.admin.post(jwtAuthPath(identityId), configuration)).status).toBe(200)
  })
})

describe('a database that is taken away: every API answers 503, and nothing has to be restarted', () => {
  test.each(interruptions[databaseUnderTest()])(
    '%s',
    async (name) => {
      const interruption = database.interruption(name)
      expect((await attempt()).status).toBe(200)
      const { email, password } = credentials
      const { headers } = await on.anonymous.post('/api/admin/session', { email, password })
      const person = on.anonymous.as({ cookie: headers.get('set-cookie')?.split(';')[0] ?? '' })
      expect((await person.get('/api/admin/identities')).status).toBe(200)
      const addOverGrpc = await grpcCaller()
      expect(await addOverGrpc()).toBeNull()

      await interruption.take(on.keybound.databaseUrl)
      const overGrpc = addOverGrpc()
      const answers = await Promise.all([
        attempt(),
        on.admin.patch(`/api/v1/identities/${identityId}`, { name: 'renamed' }),
        on.admin.post('/auth/v1/issuers', { ...partner, iss: 'https://other.example' }),
        on.admin.post('/admin/v1/idps/jwt', { ...gateway, name: 'Other' }),
      ])
      for (const { status, headers, text } of answers) {
        expect(status, text).toBe(503)
        expect(Number(headers.get('retry-after')), text).toBeGreaterThan(0)
        expect(text).not.toMatch(internals)
      }
      expect(answers[2]?.body.errorCode).toBe('database_unavailable')
      expect(answers[3]?.body.code).toBe(Code.Unavailable)
      const refused = await overGrpc
      expect(refused?.code, refused?.message).toBe(Code.Unavailable)
      expect(refused?.rawMessage).toBe(answers[3]?.body.message)
      // No session ends by it; what needs no write may be answered.
      expect([200, 503]).toContain((await person.get('/api/admin/identities')).status)
      const status = await on.anonymous.get('/api/status')
      const problems = [{ part: 'database', code: interruption.problem }]
      expect(status).toMatchObject({ status: 503, body: { problems } })
      expect(status.body).toMatchObject({ date: expect.any(String), message: expect.any(String) })

      await interruption.giveBack()
      const isUp = ({ status }: { status: number }) => status === 200
      expect(await eventually(() => on.anonymous.get('/api/status'), isUp)).toMatchObject({
        status: 200,
      })
      expect(await eventually(attempt, isUp)).toMatchObject({ status: 200 })
      expect(await addOverGrpc()).toBeNull()
      expect((await person.get('/api/admin/identities')).status).toBe(200)
    },
    90_000,
  )
})

/** What names the database or the machine. */
const internals = /locked|ECONN|127\.0\.0\.1|terminat|administrator|starting up|recovery/

/** Adds a provider over native gRPC, on one connection; answers null, or the error. */
async function grpcCaller() {
  const { token } = await on.actor('admin')
  const transport = createGrpcTransport({
    baseUrl: grpcUrl,
    interceptors: [
      (next) => (request) => {
        request.header.set('authorization', `Bearer ${token}`)
        return next(request)
      },
    ],
  })
  const client = createAdminServiceClient(transport)
  const provider = { issuer: gateway.issuer, jwtEndpoint: gateway.jwtEndpoint, keysEndpoint: gateway.keysEndpoint }
  return (): Promise<ConnectError | null> =>
    client.addJWTIDP({ ...provider, headerName: gateway.headerName, name: randomUUID() }).then(
      () => null,
      (error: unknown) => ConnectError.from(error),
    )
}
