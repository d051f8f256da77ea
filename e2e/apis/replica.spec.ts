import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgresql } from '../fixtures/postgresql'
import { bearer } from './client'
import { eventually } from './eventually'
import { type Installation, install } from './installation'

// Lists read from a replica that really streams. PostgreSQL only: SQLite has no replicas.

let primary: Awaited<ReturnType<typeof startPostgresql>>
let replica: Awaited<ReturnType<typeof primary.replica>>
/** On the replica's own database, as its superuser. */
let there: pg.Client
let on: Installation
const maxLagSeconds = 3
const token = 'metrics-of-the-replica-spec'

beforeAll(async () => {
  primary = await startPostgresql()
  const url = await primary.createDatabase()
  replica = await primary.replica()
  const replicaUrl = new URL(replica.url)
  replicaUrl.pathname = new URL(url).pathname
  there = new pg.Client({ connectionString: replicaUrl.href })
  there.on('error', () => {})
  await there.connect()
  const env = {
    DATABASE_URL: url,
    DATABASE_REPLICA_URL: replicaUrl.href,
    DATABASE_REPLICA_MAX_LAG_SECONDS: String(maxLagSeconds),
    METRICS_TOKEN: token,
  }
  on = await install(env, { own: true })
})
afterAll(async () => {
  await on.stop()
  await there.end().catch(() => {})
  await primary.stop()
})

/** A refused login, which leaves a decision; answers its id. */
async function decided(): Promise<string> {
  const answer = await on.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: randomUUID(), jwt: 'a.b.c' })
  expect(answer.status).toBe(404)
  return answer.body.reqId
}
const listed = async () => {
  const answer = await on.admin.get('/api/admin/decisions?owner=none')
  expect(answer.status, answer.text).toBe(200)
  const ids: string[] = answer.body.decisions.map(({ id }: { id: string }) => id)
  return { ids, behindSeconds: answer.body.behindSeconds as number | null }
}
const metric = async (name: string) => {
  const { text } = await on.anonymous.get('/metrics', { headers: bearer(token) })
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

test('lists are read from the replica, and say how old they may be', async () => {
  const id = await decided()
  const list = await eventually(listed, ({ ids, behindSeconds }) => behindSeconds !== null && ids.includes(id))
  expect(list.ids).toContain(id)
  expect(list.behindSeconds).toBeGreaterThanOrEqual(0)
  expect(list.behindSeconds).toBeLessThanOrEqual(maxLagSeconds)
  const audit = await on.admin.get('/api/admin/audit')
  expect(audit.body.behindSeconds).not.toBeNull()
  expect(await metric('keybound_replica_up')).toBe(1)
})

test('a replica that falls behind lacks what is new, until it is too far behind and the primary is read', async () => {
  await there.query('SELECT pg_wal_replay_pause()')
  const id = await decided()
  // Not yet too far behind: the page is the replica's.
  const before = await listed()
  expect(before.ids).not.toContain(id)
  expect(before.behindSeconds).not.toBeNull()
  const after = await eventually(listed, ({ behindSeconds }) => behindSeconds === null)
  expect(after).toMatchObject({ behindSeconds: null, ids: expect.arrayContaining([id]) })
  const lag = () => metric('keybound_replica_lag_seconds')
  expect(await eventually(lag, (seconds) => seconds > maxLagSeconds)).toBeGreaterThan(maxLagSeconds)

  await there.query('SELECT pg_wal_replay_resume()')
  const again = await eventually(listed, ({ behindSeconds }) => behindSeconds !== null)
  expect(again.ids).toContain(id)
})

test('a change counts at once in a login, whatever the replica shows', async () => {
  await there.query('SELECT pg_wal_replay_pause()')
  const { client, id } = await on.actor('member')
  expect((await client.get('/api/admin/identities')).status).toBe(200)
  expect((await on.admin.delete(`/api/v1/identities/${id}`)).status).toBe(200)
  expect((await client.get('/api/admin/identities')).status).toBe(401)
  await there.query('SELECT pg_wal_replay_resume()')
})

test('pages still load when the replica is gone', async () => {
  await eventually(listed, ({ behindSeconds }) => behindSeconds !== null)
  await replica.halt()
  const id = await decided()
  const list = await listed()
  expect(list).toMatchObject({ behindSeconds: null, ids: expect.arrayContaining([id]) })
  expect(
    await eventually(
      () => metric('keybound_replica_up'),
      (up) => up === 0,
    ),
  ).toBe(0)
})
