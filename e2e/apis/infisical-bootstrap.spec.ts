import { scryptSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/lib/db/client'
import { type Keybound, startKeybound } from '../fixtures/keybound'
import { bearer, createClient } from './client'
import { credentials, expectEnvelope, isStored, wrongFields } from './installation'
import { sharedServer } from './server'

const path = '/api/v1/admin/bootstrap'
const good = { ...credentials, organization: 'Acme Works' }

let keybound: Keybound
beforeAll(async () => {
  keybound = await startKeybound()
})
afterAll(() => keybound.stop())

test('an empty installation refuses wrong input, naming every field, and stays empty', async () => {
  const anonymous = createClient(keybound.baseUrl)
  expect(wrongFields(await anonymous.post(path, {})).sort()).toEqual(['email', 'organization', 'password'])
  const answer = await anonymous.post(path, { email: 'ada', password: 'short', organization: ' ' })
  expect(wrongFields(answer).sort()).toEqual(['email', 'organization', 'password'])
  expect(wrongFields(await anonymous.post(path, { ...good, organisation: 'x' }))).toEqual(['organisation'])
  expectEnvelope(await anonymous.post(path, undefined, { raw: '{' }), { status: 400, error: 'BadRequest' })

  const db = connect(keybound.databaseUrl)
  expect([await db.user.count(), await db.installation.count(), await db.auditEntry.count()]).toEqual([0, 0, 0])
  await db.$disconnect()
})

test('the server address that Infisical’s CLI sends is accepted and ignored', async () => {
  // github.com/Infisical/cli, packages/api/model.go (0.43): BootstrapInstanceRequest.
  const fresh = await sharedServer({})
  const { baseUrl } = fresh.keybound
  const answer = await createClient(baseUrl).post(path, { ...good, domain: `${baseUrl}/api` })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.text).not.toContain('/api')
  await fresh.stop()
})

test('another site cannot make a browser set up an empty installation', async () => {
  const anonymous = createClient(keybound.baseUrl)
  for (const to of [path, '/api/admin/setup']) {
    const answer = await anonymous.post(to, good, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.status, to).toBe(403)
  }
})

test('of concurrent callers exactly one succeeds, and none afterwards', async () => {
  const anonymous = createClient(keybound.baseUrl)
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

  const db = connect(keybound.databaseUrl)
  expect(await db.organization.count()).toBe(1)
  expect(await db.user.count()).toBe(1)
  await db.$disconnect()
})

test('the password is kept only as a hash of a memory-hard function', async () => {
  const db = connect(keybound.databaseUrl)
  const account = await db.account.findFirstOrThrow()
  expect(account.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  const [salt = '', key] = String(account.password).split(':')
  const work = { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }
  expect(scryptSync(credentials.password, salt, 64, work).toString('hex')).toBe(key)
  expect(await isStored(db, credentials.password)).toBe(false)
  expect(keybound.logs()).not.toContain(credentials.password)
  await db.$disconnect()
})
