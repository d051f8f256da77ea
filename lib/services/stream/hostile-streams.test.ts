import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { changeByHand, type HostileChange, hostileChanges, someOf } from '@/e2e/fixtures/hostile-columns'
import { act, adopt, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { newId } from '@/lib/ids'
import { areAllAdopted } from '../evidence/adoption'
import { deliverStream } from './deliver'
import { dueStreams } from './due-streams'
import { getStream, listDeliveries, listStreams } from './list-streams'
import { newStreamSecret, sealStreamSecret } from './stream-secret'

const databases = bothDatabases()
const service = useService()
const start = new Date('2026-06-01T12:00:00Z')
const stepsMax = 50

/** What people with access to the database can do to streams: pages answer, sending ends, and goes on for all others. */
describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  let sent = new Map<string, { id: string; sequence: string }[][]>()
  let ok = true
  const post = async ({ url, body }: { url: string; body: string }) => {
    const id = url.slice(-36)
    sent.set(id, [...(sent.get(id) ?? []), [JSON.parse(body)].flat()])
    return { ok, status: ok ? 200 : 500, message: '', latencyMs: 1, answer: null, retryAfterSeconds: null }
  }
  async function streamIn(log: string, secret: string) {
    const id = newId()
    const settings = { name: 'SIEM', url: `https://siem.example/${id}`, kinds: '["audit"]', batchMax: 2, secret }
    await db().stream.create({
      data: { ...settings, id, organizationId: log, seq: 0, nextAt: start, createdAt: start },
    })
    return id
  }
  /** A round as the server does it: one that fails keeps no other waiting. @returns whether sending it ended */
  async function deliver(id: string) {
    let steps = 0
    const deps = { db: db(), now: () => start, post }
    await deliverStream(deps, id, async () => ++steps <= stepsMax).catch(() => undefined)
    return steps <= stepsMax
  }

  test.each(['Stream', 'StreamDelivery'] as const)(
    'a %s that was changed by hand keeps no other from being sent, gets no number twice, waits after a failure, and is shown',
    async (table) => {
      if (!(await areAllAdopted(db()))) await adopt(db())
      const log = await newOrganization(db())
      const secret = await sealStreamSecret(newStreamSecret(), start)
      const other = await streamIn(log, secret)
      const changed = new Map<string, HostileChange>()
      for (const change of someOf(await hostileChanges(db(), name, table)))
        changed.set(await streamIn(log, secret), change)
      await act(db(), log, 'first')
      await sealAll(db())
      ;[sent, ok] = [new Map(), true]
      for (const id of [other, ...changed.keys()]) await deliver(id)
      for (const [id, change] of changed) {
        const where = table === 'Stream' ? `"id" = '${id}'` : `"streamId" = '${id}' AND "number" = 1`
        if (!(await changeByHand(db(), name, table, where, change))) changed.delete(id)
      }
      expect(changed.size).toBeGreaterThan(5)

      for (const number of [1, 2, 3]) await act(db(), log, `act ${number}`)
      await sealAll(db())
      const due = (await dueStreams(db(), start)).map(({ id }) => id)
      expect(due).toContain(other)
      const wrong: string[] = []
      const told = (id: string, what: string) => {
        const change = changed.get(id)
        wrong.push(`${change?.column} = ${change?.value}: ${what}`)
      }
      for (ok of [false, false, true]) for (const id of due) if (!(await deliver(id))) told(id, 'sending does not end')
      for (const [id, requests] of sent) {
        const ids = new Map(requests.flat().map((event) => [event.sequence, event.id]))
        for (const event of requests.flat())
          if (ids.get(event.sequence) !== event.id) told(id, 'a number has two events')
        // The first event, one failure, and where it was tried again at once because a column says so.
        if (requests.length > 5) told(id, `${requests.length} requests`)
      }
      await db().stream.updateMany({ where: { id: other }, data: { nextAt: start } })
      await deliver(other)
      expect(new Set(sent.get(other)?.flatMap((events) => events.map(({ sequence }) => Number(sequence))))).toEqual(
        new Set([1, 2, 3, 4]),
      )

      const actor = { kind: 'user', id: log, name: 'Ada', role: 'admin', sessionId: log } as const
      const ctx = { ...service.context(actor), db: db(), organizationId: log }
      await listStreams(ctx)
      for (const id of changed.keys()) {
        const page = (read: Promise<unknown>) => read.catch((error) => void expect(error.kind).toBe('not-found'))
        JSON.stringify([await page(getStream(ctx, id)), await page(listDeliveries(ctx, id, { limit: 100 }))])
      }
      expect(wrong).toEqual([])
    },
  )
})
