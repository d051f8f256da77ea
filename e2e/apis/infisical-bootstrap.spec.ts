import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '../fixtures/empty-database'
import { databaseUnderTest } from '../fixtures/keybound'
import { bearer, type Client, createClient } from './client'
import { credentials, expectEnvelope, wrongFields } from './installation'
import { type Server, sharedServer } from './server'

const path = '/api/v1/admin/bootstrap'
const good = { ...credentials, organization: 'Acme Works' }

let server: Server
let anonymous: Client
beforeAll(async () => {
  server = await sharedServer({})
  anonymous = createClient(server.keybound.baseUrl, {}, server.address ? { 'x-forwarded-for': server.address } : {})
})
afterAll(() => server.stop())

test('an empty installation refuses wrong input, naming every field, and stays empty', async () => {
  expect(wrongFields(await anonymous.post(path, {})).sort()).toEqual(['email', 'organization', 'password'])
  const answer = await anonymous.post(path, { email: 'ada', password: 'short', organization: ' ' })
  expect(wrongFields(answer).sort()).toEqual(['email', 'organization', 'password'])
  expect(wrongFields(await anonymous.post(path, { ...good, organisation: 'x' }))).toEqual(['organisation'])
  expectEnvelope(await anonymous.post(path, undefined, { raw: '{' }), { status: 400, error: 'BadRequest' })

  const { db } = server
  expect([await db.user.count(), await db.installation.count(), await db.auditEntry.count()]).toEqual([0, 0, 0])
})

test('another site cannot make a browser set up an empty installation', async () => {
  for (const to of [path, '/api/admin/setup']) {
    const answer = await anonymous.post(to, good, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.status, to).toBe(403)
  }
})

test('of concurrent callers exactly one succeeds, and none afterwards', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => anonymous.post(path, { ...good, email: `ada${index}@example.com` })),
  )
  const accepted = answers.filter(({ status }) => status === 200)
  expect(accepted).toHaveLength(1)
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
  }
  expectEnvelope(await anonymous.post(path, good), { status: 400, error: 'BadRequest' })
  expect((await anonymous.post('/api/admin/setup', good)).status).toBe(400)
  expect((await anonymous.get('/api/admin/setup')).body).toEqual({ needed: false })

  const { body } = accepted[0]!
  expect(body).toEqual({
    message: expect.any(String),
    identity: { id: expect.any(String), name: expect.any(String), credentials: { token: expect.any(String) } },
    organization: { id: expect.any(String), name: 'Acme Works', slug: 'acme-works' },
    user: expect.objectContaining({ id: expect.any(String), email: expect.stringMatching(/^ada\d@example.com$/) }),
  })
  const admin = anonymous.as(bearer(body.identity.credentials.token))
  const mine = await admin.get(`/api/v1/identities/${body.identity.id}`)
  expect(mine.body.identity).toMatchObject({ role: 'admin', orgId: body.organization.id })

  const { db } = server
  expect(await db.organization.count()).toBe(1)
  expect(await db.user.count()).toBe(1)
})

test('the server address that Infisical’s CLI sends is accepted and ignored', async () => {
  // github.com/Infisical/cli, packages/api/model.go (0.43): BootstrapInstanceRequest.
  await emptyDatabase(server.db, databaseUnderTest())
  const answer = await anonymous.post(path, { ...good, domain: `${server.keybound.baseUrl}/api` })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.text).not.toContain('/api')
})
