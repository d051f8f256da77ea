import { describe, expect, test } from 'vitest'
import { eventually } from '@/e2e/apis/eventually'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { act, adopt, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import { newId } from '@/lib/ids'
import { areAllAdopted } from '@/lib/services/evidence/adoption'
import { newStreamSecret, sealStreamSecret } from '@/lib/services/stream/stream-secret'
import { startStreaming } from './streaming'

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  test('a request whose outcome cannot be stored is not sent again in every round, and keeps no other stream waiting', async () => {
    const db = databases.client(name)
    if (!(await areAllAdopted(db))) await adopt(db)
    const log = await newOrganization(db)
    const now = new Date()
    const stream = async (url: string) => {
      const secret = await sealStreamSecret(newStreamSecret(), now)
      const row = { organizationId: log, name: 'SIEM', url, kinds: '["audit"]', secret, seq: 0, nextAt: now }
      return db.stream.create({ data: { ...row, id: newId(), createdAt: now } })
    }
    const [broken] = [await stream('https://broken.example/'), await stream('https://other.example/')]
    // The number of the next request is taken, or there is none.
    const facts = { kind: 'events', messageId: 'm', events: 1, ok: true, message: '', latencyMs: 1 }
    await db.streamDelivery.create({ data: { ...facts, streamId: broken.id, number: 1, at: now } })
    await act(db, log, 'project')
    await sealAll(db)

    const sent: string[] = []
    let rounds = 0
    const stop = startStreaming({
      everyMs: 1,
      database: () => {
        rounds += 1
        return db
      },
      async post({ url }) {
        sent.push(new URL(url).hostname)
        return { ok: true, status: 200, message: '', latencyMs: 1, answer: null, retryAfterSeconds: null }
      },
    })
    await eventually(
      async () => rounds,
      (count) => count > 500,
      { seconds: 60 },
    )
    await stop()
    expect(sent.filter((host) => host === 'other.example')).toHaveLength(1)
    expect(sent.filter((host) => host === 'broken.example').length).toBeLessThan(10)
  })
})
