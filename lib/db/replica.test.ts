import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgresql } from '@/e2e/fixtures/postgresql'
import { connect, type Db } from './client'
import { followReplica, type ReplicaState } from './replica'

let own: Awaited<ReturnType<typeof startPostgresql>>
let other: Awaited<ReturnType<typeof startPostgresql>>
let replica: URL
const clients: Db[] = []

beforeAll(async () => {
  ;[own, other] = await Promise.all([startPostgresql(), startPostgresql()])
  replica = new URL((await own.replica()).url)
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.$disconnect()))
  await Promise.all([own.stop(), other.stop()])
})

/** The state of a replica as measured once it answers. */
async function stateOf(primaryUrl: string, url: string): Promise<ReplicaState> {
  const primary = connect(primaryUrl)
  clients.push(primary)
  let resolve: (state: ReplicaState) => void = () => {}
  const promise = new Promise<ReplicaState>((resolved) => (resolve = resolved))
  const following = followReplica({ primary, url, maxLagSeconds: 60, onState: resolve })
  return promise.finally(() => following.close())
}

const causeOf = (state: ReplicaState) => (state.kind === 'lost' ? String(state.cause) : null)

test('a replica of the same database is followed', async () => {
  expect(await stateOf(own.url, replica.href)).toMatchObject({ kind: 'following' })
})

test('a replica of another cluster is not used', async () => {
  expect(causeOf(await stateOf(other.url, replica.href))).toContain('another PostgreSQL cluster')
})

test('another database of the same cluster is not used', async () => {
  const database = new URL(replica)
  database.pathname = '/template1'
  expect(causeOf(await stateOf(own.url, database.href))).toContain('another database')
})
