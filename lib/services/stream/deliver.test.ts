import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { act, adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { deliveriesKept, type StreamKind } from '@/lib/model/stream'
import type { Posted, PostRequest } from '@/lib/net/guarded-post'
import { areAllAdopted } from '../evidence/adoption'
import { deliverStream } from './deliver'
import { dueStreams } from './due-streams'
import { headSeqOf } from './stream-row'
import { newStreamSecret, sealStreamSecret } from './stream-secret'

const databases = bothDatabases()
const start = new Date('2026-06-01T12:00:00Z')
const accepted: Posted = { ok: true, status: 200, message: '', latencyMs: 1, answer: null, retryAfterSeconds: null }
const refusing = (status: number, retryAfterSeconds: number | null = null): Posted => ({
  ...{ ...accepted, ok: false, status, message: `The receiver answers with status ${status} instead of 2xx.` },
  retryAfterSeconds,
})

type Event = { id: string; type: string; sequence: string; subject: string; data: { log: { seq: number } } }

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  let secret: string
  let now: Date
  let received: PostRequest[]
  let answer: (request: PostRequest) => Posted | Promise<Posted>

  beforeEach(async () => {
    db = databases.client(name)
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
    now = start
    received = []
    answer = () => accepted
  })

  async function newStream({ kinds = ['audit'] as StreamKind[], batchMax = 1 } = {}): Promise<string> {
    const id = newId()
    secret = newStreamSecret()
    await db.stream.create({
      data: {
        ...{
          id,
          organizationId: log,
          name: 'SIEM',
          url: 'https://siem.example/in',
          kinds: JSON.stringify(kinds),
          batchMax,
        },
        ...{ secret: await sealStreamSecret(secret, now), seq: await headSeqOf(db, log), nextAt: now, createdAt: now },
      },
    })
    return id
  }
  const deliver = (id: string) =>
    deliverStream(
      {
        db,
        now: () => now,
        post: async (request) => {
          received.push(request)
          return answer(request)
        },
      },
      id,
      async () => true,
    )
  const events = (): Event[] => received.flatMap(({ body }) => JSON.parse(body))
  const stream = (id: string) => db.stream.findUniqueOrThrow({ where: { id } })
  const acts = async (count: number) => {
    for (let n = 1; n <= count; n++) await act(db, log, `project ${n}`)
    await sealAll(db)
  }
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000)
  }

  test('every event is sent once, in the order of the log, signed, and numbered without a gap', async () => {
    await acts(1)
    const id = await newStream()
    await acts(3)
    await deliver(id)
    expect(events().map(({ type }) => type)).toEqual(Array(3).fill('keybound.audit.project.created'))
    expect(events().map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3])
    const seqs = events().map(({ data }) => data.log.seq)
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
    for (const { headers, body } of received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
      expect(headers['webhook-id']).toBe(JSON.parse(body).id)
      expect(JSON.parse(body)).toMatchObject({ specversion: '1.0', source: `urn:uuid:${log}` })
    }
    await deliver(id)
    expect(received).toHaveLength(3)
    expect(await stream(id)).toMatchObject({ sent: 3, seq: await headSeqOf(db, log), failures: 0 })
  })

  test('only the kinds of events that were chosen are sent, with the record as the lists answer it', async () => {
    const id = await newStream({ kinds: ['refused'] })
    await decide(db, decision(log, true))
    const refused = decision(log, false)
    await decide(db, refused)
    await acts(1)
    await deliver(id)
    expect(events()).toMatchObject([
      {
        type: 'keybound.decision.refused',
        subject: refused.id,
        data: { decision: { id: refused.id, accepted: false } },
      },
    ])
    expect(received[0]?.body).not.toMatch(/"(trace|header|claims)"/)
    expect(await dueStreams(db, now)).not.toContainEqual({ id, organizationId: log })
  })

  test('a list of events is one request where the stream wants lists', async () => {
    const id = await newStream({ batchMax: 3 })
    await acts(5)
    await deliver(id)
    expect(received.map(({ body }) => JSON.parse(body).length)).toEqual([3, 2])
    expect(events().map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5])
    expect(received[0]?.headers['content-type']).toBe('application/cloudevents-batch+json; charset=utf-8')
  })

  test('what was not taken is sent again, later and later, before anything that follows it', async () => {
    const id = await newStream()
    await acts(2)
    answer = () => refusing(500)
    const waits: number[] = []
    for (let tries = 0; tries < 9; tries++) {
      await deliver(id)
      const { nextAt } = await stream(id)
      waits.push((nextAt.getTime() - now.getTime()) / 1000)
      await deliver(id)
      now = nextAt
    }
    expect(waits).toEqual(waits.toSorted((one, other) => one - other))
    expect(waits[0]).toBeLessThanOrEqual(10)
    expect(waits.at(-1)).toBe(3_600)
    expect(received).toHaveLength(9)
    expect(new Set(events().map(({ id, sequence }) => `${id} ${sequence}`)).size).toBe(1)
    answer = () => accepted
    await deliver(id)
    expect(
      events()
        .slice(8)
        .map(({ sequence }) => Number(sequence)),
    ).toEqual([1, 1, 2])
    expect(await stream(id)).toMatchObject({ failures: 0, failingSince: null, lastFailure: null, sent: 2 })
  })

  test('a receiver may ask for more time, and not for more than an hour', async () => {
    const id = await newStream()
    await acts(1)
    answer = () => refusing(503, 600)
    await deliver(id)
    expect((await stream(id)).nextAt.getTime() - now.getTime()).toBe(600_000)
  })

  test('a server that ended between the answer and its commit sends the same event again, with the same id', async () => {
    const id = await newStream()
    await acts(1)
    answer = () => {
      throw new Error('the server ends here')
    }
    await expect(deliver(id)).rejects.toThrow('ends here')
    answer = () => accepted
    await deliver(id)
    const [first, second] = events()
    expect(second).toEqual(first)
    expect(received).toHaveLength(2)
    expect((await stream(id)).sent).toBe(1)
  })

  test('of two servers that send at once, one writes; no event is lost or counted twice', async () => {
    const id = await newStream()
    await acts(8)
    await Promise.all([deliver(id), deliver(id)])
    await deliver(id)
    expect(await stream(id)).toMatchObject({ sent: 8, failures: 0 })
    const first = new Map<string, string>()
    for (const { id, sequence } of events()) {
      expect(first.get(sequence) ?? id).toBe(id)
      first.set(sequence, id)
    }
    expect([...first.keys()].map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('a stream that fails for three days is paused, on record, and loses nothing', async () => {
    const id = await newStream()
    await acts(1)
    answer = () => refusing(500)
    await deliver(id)
    later(71 * 3_600)
    await deliver(id)
    expect((await stream(id)).pausedAt).toBeNull()
    later(2 * 3_600)
    await deliver(id)
    expect(await stream(id)).toMatchObject({ pausedReason: 'failing', pausedByName: null })
    const entries = await db.auditEntry.findMany({ where: { organizationId: log, action: 'stream.paused' } })
    expect(entries).toMatchObject([{ actorKind: 'system', targetId: id, after: '{"reason":"failing"}' }])
    later(3_600)
    answer = () => accepted
    await deliver(id)
    expect(received).toHaveLength(3)
    await db.stream.update({ where: { id }, data: { pausedAt: null, pausedReason: null } })
    await deliver(id)
    expect(
      events()
        .slice(3)
        .map(({ sequence }) => Number(sequence))[0],
    ).toBe(1)
  })

  test('410 pauses a stream at once', async () => {
    const id = await newStream()
    await acts(1)
    answer = () => refusing(410)
    await deliver(id)
    expect(await stream(id)).toMatchObject({ pausedReason: 'gone' })
  })

  test('a stream that was paused or removed while a request was under way sends nothing more', async () => {
    const [paused, removed] = [await newStream(), await newStream()]
    await acts(3)
    answer = async () => {
      await db.stream.update({ where: { id: paused }, data: { pausedAt: now, pausedReason: 'by-hand' } })
      return accepted
    }
    await deliver(paused)
    expect(received).toHaveLength(1)
    expect((await stream(paused)).sent).toBe(1)
    answer = async () => {
      await db.stream.delete({ where: { id: removed } })
      return accepted
    }
    await deliver(removed)
    expect(received).toHaveLength(2)
  })

  test('an event whose record retention has removed is sent without it', async () => {
    const id = await newStream()
    await acts(1)
    await db.auditEntry.deleteMany({ where: { organizationId: log } })
    await deliver(id)
    expect(events()).toMatchObject([
      { type: 'keybound.audit.removed', data: { entry: null, log: { digest: expect.any(String) } } },
    ])
  })

  test('the last requests are kept, and no more', async () => {
    const id = await newStream()
    await acts(2)
    await db.stream.update({ where: { id }, data: { attempts: deliveriesKept } })
    await db.streamDelivery.create({
      data: {
        ...{ streamId: id, number: 1, at: now, kind: 'events', messageId: 'm', events: 1, ok: true, message: '' },
        latencyMs: 1,
      },
    })
    await deliver(id)
    const kept = await db.streamDelivery.findMany({ where: { streamId: id }, orderBy: { number: 'asc' } })
    expect(kept.map(({ number }) => number)).toEqual([deliveriesKept + 1, deliveriesKept + 2])
    expect(kept[0]).toMatchObject({ ok: true, events: 1, status: 200, kind: 'events' })
  })

  test('a stored request that cannot be read is replaced', async () => {
    const id = await newStream()
    await acts(1)
    const pending = name === 'sqlite' ? "x'00ff'" : "'{'"
    await db.$executeRawUnsafe(`UPDATE "Stream" SET "pending" = ${pending} WHERE "id" = '${id}'`)
    await deliver(id)
    expect(events().map(({ sequence }) => Number(sequence))).toEqual([1])
  })

  test('a place in the log that cannot be read is not guessed', async () => {
    const id = await newStream()
    await acts(1)
    await db.stream.update({ where: { id }, data: { seq: -1 } })
    await deliver(id)
    expect(received).toEqual([])
  })
})
