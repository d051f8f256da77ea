import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import { streamsMax } from '@/lib/model/stream'
import type { Context } from '../context'
import { createStream } from './create-stream'
import { getStream, listDeliveries, listStreams } from './list-streams'
import { pauseStream, resumeStream } from './pause-stream'
import { removeStream } from './remove-stream'
import { renewStreamSecret } from './renew-stream-secret'
import { testStream } from './test-stream'
import { updateStream } from './update-stream'

const service = useService()
const receiver = {
  name: 'SIEM',
  url: 'https://siem.example/in/T0KEN',
  kinds: ['audit' as const],
  batchMax: 1,
  caCert: '',
}

afterEach(async () => {
  await service.db.stream.deleteMany()
  await service.db.chainHead.deleteMany()
})

type Act = (ctx: Context, id: string) => Promise<unknown>
const acts: [action: string, act: Act][] = [
  ['stream.created', (ctx) => createStream(ctx, receiver)],
  ['stream.updated', (ctx, id) => updateStream(ctx, id, { kinds: ['refused'] })],
  ['stream.paused', (ctx, id) => pauseStream(ctx, id)],
  ['stream.secret-renewed', (ctx, id) => renewStreamSecret(ctx, id)],
  ['stream.removed', (ctx, id) => removeStream(ctx, id)],
]
const entries = (action: string) => service.db.auditEntry.findMany({ where: { action } })

describe.each(acts)('%s', (action, act) => {
  test('needs the role admin, and is on record without a secret', async () => {
    const { ctx } = await service.person('admin')
    const { id, secret } = await createStream(ctx, receiver)
    const before = await entries(action)
    const member = await service.person('member')
    await expect(act(member.ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await entries(action)).toEqual(before)
    await act(ctx, id)
    const after = await entries(action)
    expect(after).toHaveLength(before.length + 1)
    for (const hidden of [secret.slice(6, 20), 'T0KEN']) expect(JSON.stringify(after)).not.toContain(hidden)
  })

  test('does not know the stream of another organization', async () => {
    const { ctx } = await service.person('admin')
    if (action === 'stream.created') return
    const other = randomUUID()
    await service.db.organization.create({ data: { id: other, name: 'Other', slug: other } })
    const { id } = await createStream(ctx, receiver)
    await service.db.stream.update({ where: { id }, data: { organizationId: other } })
    await expect(act(ctx, id)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(listDeliveries(ctx, id, { limit: 1 })).rejects.toMatchObject({ kind: 'not-found' })
    expect(await listStreams(ctx)).toEqual([])
  })
})

test('a secret is in the answer to its making, and nowhere else', async () => {
  const { ctx } = await service.person('admin')
  const { id, secret, ...view } = await createStream(ctx, receiver)
  expect(secret).toMatch(/^whsec_/)
  expect(await getStream(ctx, id)).toEqual({ id, ...view })
  const rows = await service.db.stream.findMany()
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
  const renewed = await renewStreamSecret(ctx, id)
  expect(renewed.secret).not.toBe(secret)
})

test('auditors see streams, without the path of the URL', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createStream(ctx, receiver)
  const auditor = (await service.person('auditor')).ctx
  expect(await getStream(auditor, id)).toMatchObject({ url: 'https://siem.example/…' })
  expect(JSON.stringify(await listStreams(auditor))).not.toContain('T0KEN')
  expect(await getStream(ctx, id)).toMatchObject({ url: receiver.url })
  await expect(listStreams((await service.person('no-access')).ctx)).rejects.toMatchObject({ kind: 'forbidden' })
})

test('auditors see requests without the answers of a receiver, which may repeat the path', async () => {
  const { ctx } = await service.person('admin')
  const { id: streamId } = await createStream(ctx, receiver)
  const answer = 'Cannot POST /in/T0KEN'
  const facts = { number: 1, at: ctx.now(), kind: 'events', messageId: 'm', events: 1, ok: false, status: 404 }
  await service.db.streamDelivery.create({ data: { ...facts, streamId, message: '', latencyMs: 1, answer } })
  const listedFor = async (ctx: Context) => (await listDeliveries(ctx, streamId, { limit: 1 })).deliveries
  expect(await listedFor(ctx)).toMatchObject([{ status: 404, answer }])
  expect(await listedFor((await service.person('auditor')).ctx)).toMatchObject([{ status: 404, answer: null }])
})

test.each([
  ['no URL', 'siem', /not a URL/],
  ['plain http', 'http://siem.example/', /https/],
  ['a private address', 'https://10.0.0.1/', /not public/],
  ['the metadata service', 'https://169.254.169.254/', /not public/],
  ['this machine', 'https://localhost/', /not public/],
  ['a password', 'https://ada:secret@siem.example/', /user name and password/],
  ['a fragment', 'https://siem.example/#token', /after #/],
])('a receiver with %s is refused, with what to do', async (_, url, message) => {
  const { ctx } = await service.person('admin')
  const wrong = { kind: 'invalid', fields: [{ path: ['url'], message: expect.stringMatching(message) }] }
  await expect(createStream(ctx, { ...receiver, url })).rejects.toMatchObject(wrong)
  const { id } = await createStream(ctx, receiver)
  await expect(updateStream(ctx, id, { url })).rejects.toMatchObject(wrong)
})

test('a certificate that cannot be read is refused', async () => {
  const { ctx } = await service.person('admin')
  const wrong = { kind: 'invalid', fields: [{ path: ['caCert'] }] }
  await expect(createStream(ctx, { ...receiver, caCert: 'no PEM' })).rejects.toMatchObject(wrong)
})

test('an organization has few streams', async () => {
  const { ctx } = await service.person('admin')
  for (let made = 0; made < streamsMax; made++) await createStream(ctx, receiver)
  await expect(createStream(ctx, receiver)).rejects.toMatchObject({ kind: 'rule' })
})

test('a change that is based on another version is refused, and one that changes nothing is none', async () => {
  const { ctx } = await service.person('admin')
  const { id, version } = await createStream(ctx, receiver)
  const changed = await updateStream(ctx, id, { name: 'Other', version })
  await expect(updateStream(ctx, id, { name: 'Third', version })).rejects.toMatchObject({ kind: 'conflict' })
  expect(await updateStream(ctx, id, { name: 'Other' })).toEqual(changed)
})

describe('a paused stream', () => {
  const head = (seq: number) =>
    service.db.chainHead.upsert({
      where: { organizationId: service.organizationId },
      create: { organizationId: service.organizationId, seq, hash: '', mac: '', sealedAt: new Date() },
      update: { seq },
    })

  test('begins with what happens after it was made, and resumes where it was, or from now on', async () => {
    const { ctx } = await service.person('admin')
    await head(5)
    const { id, behind } = await createStream(ctx, receiver)
    expect(behind).toBe(0)
    expect(await pauseStream(ctx, id)).toMatchObject({
      state: 'paused',
      pausedReason: 'by-hand',
      pausedByName: 'admin',
    })
    await head(9)
    expect(await resumeStream(ctx, id, { from: 'where-it-was' })).toMatchObject({ state: 'active', behind: 4 })
    await pauseStream(ctx, id)
    expect(await resumeStream(ctx, id, { from: 'now' })).toMatchObject({ state: 'active', behind: 0 })
    const [last] = await service.db.auditEntry.findMany({
      where: { action: 'stream.resumed' },
      orderBy: { at: 'desc' },
    })
    const all = await entries('stream.resumed')
    expect(last).toBeDefined()
    expect(all.map(({ after }) => after)).toContain('{"from":"now","leftOut":{"after":5,"upTo":9}}')
  })

  test('resuming a failing one tries it again at once; of one that works nothing is on record', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createStream(ctx, receiver)
    const later = new Date(ctx.now().getTime() + 3_600_000)
    await service.db.stream.update({ where: { id }, data: { failures: 7, failingSince: ctx.now(), nextAt: later } })
    expect((await getStream(ctx, id)).state).toBe('failing')
    const resumed = await resumeStream(ctx, id, { from: 'where-it-was' })
    expect(resumed).toMatchObject({ state: 'active', failures: 0, nextAt: ctx.now() })
    const before = await entries('stream.resumed')
    await resumeStream(ctx, id, { from: 'where-it-was' })
    expect(await entries('stream.resumed')).toEqual(before)
  })
})

test('a test event that fails is answered as such, listed, and changes nothing else', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createStream(ctx, receiver)
  // What an administrator of the database could write.
  await service.db.stream.update({ where: { id }, data: { url: 'https://10.0.0.1/' } })
  expect(await testStream(ctx, id)).toMatchObject({ ok: false, status: null })
  expect((await listDeliveries(ctx, id, { limit: 10 })).deliveries).toMatchObject([
    { kind: 'test', ok: false, number: 1 },
  ])
  expect(await getStream(ctx, id)).toMatchObject({ state: 'active', failures: 0, sent: 0, requests: 1 })
  expect(await entries('stream.tested')).toHaveLength(1)
  await expect(testStream((await service.person('member')).ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
})
