import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../peers/webhook-receiver'
import { eventually } from './eventually'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
let receiver: WebhookReceiver
beforeAll(async () => {
  here = await install({ WEBHOOK_ALLOWED_ORIGINS: '127.0.0.0/8' }, { own: true })
  receiver = await startWebhookReceiver()
})
afterAll(async () => {
  await here.stop()
  await receiver.stop()
})

const api = '/api/admin/streams'
const issuer = createIssuer()

async function newStream(kinds: string[], more: object = {}): Promise<string> {
  const made = await here.admin.post(api, { name: 'SIEM', url: receiver.url, kinds, ...more })
  expect(made.status, made.text).toBe(201)
  Object.assign(receiver, { secret: made.body.secret, events: [], unsigned: 0, status: 200 })
  return made.body.id
}
const stream = async (id: string) => (await here.admin.get(`${api}/${id}`)).body
const arrived = (isThere: (events: WebhookReceiver['events']) => boolean) =>
  eventually(async () => receiver.events, isThere, { seconds: 60 })
/** Ids by the number of their event, each as often as it came. */
const inOrder = () => {
  const first = new Map<string, string>()
  for (const { id, sequence = '' } of receiver.events) {
    if (first.has(sequence)) expect(first.get(sequence)).toBe(id)
    first.set(sequence, id)
  }
  return [...first.keys()].map(Number)
}
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

test('acts and logins arrive at the receiver as signed CloudEvents, in their order', async () => {
  const id = await newStream(['audit', 'accepted', 'refused'])
  const identityId = await attached(here, { publicKeys: [issuer.pem] })
  const good = await login(here.anonymous, identityId, issuer.token())
  await arrived((events) => events.some(({ subject }) => subject === good.headers.get('x-request-id')))
  const bad = await login(here.anonymous, identityId, 'no token')
  expect([good.status, bad.status]).not.toContain(500)
  const isBad = ({ subject }: { subject: string }) => subject === bad.headers.get('x-request-id')
  const events = await arrived((all) => all.some(isBad))
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'keybound.audit.identity.created',
      'keybound.audit.trust.created',
      'keybound.decision.accepted',
      'keybound.decision.refused',
    ]),
  )
  expect(events.find(isBad)).toMatchObject({ data: { decision: { accepted: false, identityId } } })
  expect(inOrder()).toEqual(upTo(events.length))
  expect(receiver.unsigned).toBe(0)
  const rows = (await here.admin.get(`${api}/${id}/deliveries?limit=2`)).body
  expect(rows.deliveries[0]).toMatchObject({ ok: true, status: 200, events: 1 })
  const further = (await here.admin.get(`${api}/${id}/deliveries?limit=2&before=${rows.next}`)).body
  expect(further.deliveries[0].number).toBe(rows.next - 1)
  expect((await here.admin.delete(`${api}/${id}`)).status).toBe(204)
})

test('no event is lost, reordered or renamed by kill −9 of the server, while the receiver fails in between', async () => {
  const id = await newStream(['audit'])
  const identities = async (count: number) => {
    for (let n = 0; n < count; n++) await here.identity()
  }
  // The killed server would hold the leases for a minute more, and one that starts asks again after a quarter of that.
  const crash = () => here.keybound.crash(() => here.db.lease.deleteMany())
  await identities(15)
  await arrived((events) => events.length > 0)
  await crash()
  await identities(15)
  receiver.status = 503
  await eventually(
    () => stream(id),
    ({ state }) => state === 'failing',
    { seconds: 90 },
  )
  await crash()
  receiver.status = 200
  await identities(10)
  // The failing stream waits; a person need not.
  expect((await here.admin.post(`${api}/${id}/resume`, { from: 'where-it-was' })).status).toBe(200)
  const created = () => receiver.events.filter(({ type }) => type === 'keybound.audit.identity.created')
  const ids = () => new Set(created().map(({ id }) => id))
  // One that has tried again by itself meanwhile, and was answered, is not resumed.
  const { entries } = (await here.admin.get(`/api/admin/audit?targetId=${id}&action=stream.resumed`)).body
  const resumed = () => receiver.events.filter(({ type }) => type === 'keybound.audit.stream.resumed')
  await arrived(() => ids().size === 40 && resumed().length >= entries.length)
  expect(resumed().length).toBeGreaterThanOrEqual(entries.length)
  expect(ids().size).toBe(40)
  const numbers = inOrder()
  expect(numbers).toEqual(upTo(numbers.length))
  expect(receiver.unsigned).toBe(0)
  const { state, sent } = await eventually(
    () => stream(id),
    ({ sent }) => sent === numbers.length,
  )
  expect({ state, sent }).toEqual({ state: 'active', sent: numbers.length })
  await here.admin.delete(`${api}/${id}`)
}, 240_000)

test('a server that starts judges the trusts that it finds, in the background', async () => {
  const { id: trustId } = await here.db.trust.findFirstOrThrow()
  const count = () => here.db.trustPosture.count({ where: { trustId } })
  expect(await eventually(count, (found) => found === 1)).toBe(1)
})

test('a test event, a new secret, and a new receiver', async () => {
  const id = await newStream(['audit'], { batchMax: 10 })
  const tested = await here.admin.post(`${api}/${id}/test`)
  expect(tested.body).toMatchObject({ ok: true, status: 200 })
  expect(receiver.events.at(-1)).toMatchObject({ type: 'keybound.stream.tested', subject: id })
  // Both secrets sign for a day, so a receiver with the former one goes on.
  const renewed = await here.admin.post(`${api}/${id}/secret`)
  expect((await here.admin.post(`${api}/${id}/test`)).body).toMatchObject({ ok: true })
  receiver.secret = renewed.body.secret
  expect((await here.admin.post(`${api}/${id}/test`)).body).toMatchObject({ ok: true })
  receiver.secret = 'whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA=='
  const refused = await here.admin.post(`${api}/${id}/test`)
  expect(refused.body).toMatchObject({ ok: false, status: 401, message: expect.stringContaining('401') })
  expect(await here.holds(renewed.body.secret.slice(6))).toBe(false)
  expect((await here.admin.post(`${api}/${id}/pause`)).body).toMatchObject({ state: 'paused' })
  const wrong = await here.admin.patch(`${api}/${id}`, { url: 'http://192.168.0.1/' })
  expect(wrong.status).toBe(422)
  expect((await here.admin.get(`${api}/${id}/deliveries?limit=0`)).status).toBe(422)
})

test('events are read line by line from any position, and continue where an answer ended', async () => {
  const lines = async (
    query: string,
  ): Promise<{ type?: string; subject?: string; cursor?: number; isEnd?: boolean }[]> => {
    const answer = await here.admin.get(`/api/admin/events?${query}`)
    expect(answer.status, answer.text).toBe(200)
    return answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  const [{ cursor = -1 } = {}] = await lines('')
  const ids = [await here.identity(), await here.identity(), await here.identity()]
  const created = (found: { type?: string; subject?: string }[]) =>
    found.filter(({ type }) => type === 'keybound.audit.identity.created')
  const all = await eventually(
    () => lines(`after=${cursor}&kinds=audit,refused`),
    (found) => created(found).length === 3,
    { seconds: 60 },
  )
  expect(created(all)).toHaveLength(ids.length)
  expect(all.at(-1)).toMatchObject({ isEnd: true, cursor: expect.any(Number) })
  const first = await lines(`after=${cursor}&kinds=audit&limit=1`)
  expect(first).toHaveLength(2)
  const rest = await lines(`after=${first.at(-1)?.cursor}&kinds=audit`)
  expect([...first.slice(0, -1), ...rest.slice(0, -1)]).toEqual(all.slice(0, -1))
  expect(created(await lines(`after=${cursor}&kinds=accepted`))).toEqual([])
  for (const wrong of ['after=-1', 'after=x', 'kinds=audits', 'limit=10001', 'from=1'])
    expect((await here.admin.get(`/api/admin/events?${wrong}`)).status, wrong).toBe(422)
  const { client } = await here.actor('no-access')
  expect((await client.get('/api/admin/events')).status).toBe(403)
})
