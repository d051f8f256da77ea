import { beforeEach, expect, test } from 'vitest'
import { act, adopt, decide, decision, sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import type { Posted, PostRequest } from '@/lib/net/guarded-post'
import type { Context } from '../context'
import { areAllAdopted } from '../evidence/adoption'
import { createStream } from './create-stream'
import { deliverStream } from './deliver'
import { resumeStream } from './pause-stream'
import { updateStream } from './update-stream'

const service = useService()
const answered = (status: number): Posted => ({
  ...{ ok: status === 204, status, message: '', latencyMs: 1, answer: null, retryAfterSeconds: null },
})

let ctx: Context
let received: PostRequest[]
let answer: () => Posted | Promise<Posted>
beforeEach(async () => {
  ctx = (await service.person('admin')).ctx
  if (!(await areAllAdopted(service.db))) await adopt(service.db)
  await sealAll(service.db)
  received = []
  answer = () => answered(204)
})

async function newStream({ kinds = ['audit'] as ('audit' | 'refused')[], batchMax = 1 } = {}) {
  const receiver = { name: 'SIEM', url: 'https://siem.example/in', kinds, batchMax, caCert: '' }
  const { id } = await createStream(ctx, receiver)
  await sealAll(service.db)
  // The act of making it is an event, too.
  const { seq } = await service.db.chainHead.findUniqueOrThrow({ where: { organizationId: service.organizationId } })
  await service.db.stream.update({ where: { id }, data: { seq } })
  return id
}
const acts = async (...names: string[]) => {
  for (const name of names) await act(service.db, service.organizationId, name)
  await sealAll(service.db)
}
const refuse = async () => {
  await decide(service.db, decision(service.organizationId, false))
  await sealAll(service.db)
}
const post = async (request: PostRequest) => {
  received.push(request)
  return answer()
}
const deliver = (id: string) => deliverStream({ db: service.db, now: ctx.now, post }, id, async () => true)
const retry = async (id: string) => {
  await service.db.stream.update({ where: { id }, data: { nextAt: ctx.now() } })
  await deliver(id)
}
type Event = { id: string; type: string; sequence: string }
const eventsOf = ({ body }: PostRequest): Event[] => [JSON.parse(body)].flat()
const numbersOf = (request: PostRequest) => eventsOf(request).map(({ sequence }) => Number(sequence))
const idsOf = (requests: PostRequest[]) => requests.map(({ headers }) => headers['webhook-id'])

test('resuming from now on while a request is under way gives its numbers to no other event', async () => {
  const id = await newStream({ batchMax: 5 })
  await acts('1', '2', '3', '4', '5')
  answer = async () => {
    await resumeStream(ctx, id, { from: 'now' })
    return answered(204)
  }
  await deliver(id)
  answer = () => answered(204)
  await acts('6')
  await deliver(id)
  expect(received.map(numbersOf)).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7],
  ])
  expect(received.flatMap(eventsOf).map(({ type }) => type)).toContain('keybound.audit.stream.resumed')
  const all = received.flatMap(eventsOf)
  expect(new Set(all.map((event) => event.id)).size).toBe(all.length)
})

test('a retry is the same request, although more events came and other kinds were chosen', async () => {
  const id = await newStream({ batchMax: 10 })
  await refuse()
  await acts('1', '2')
  await refuse()
  answer = () => answered(500)
  await deliver(id)
  await updateStream(ctx, id, { kinds: ['audit', 'refused'] })
  await acts('3')
  answer = () => answered(204)
  await retry(id)
  const [first, second, third] = received as [PostRequest, PostRequest, PostRequest]
  expect(received).toHaveLength(3)
  expect(eventsOf(second)).toEqual(eventsOf(first))
  expect(idsOf([second])).toEqual(idsOf([first]))
  expect(numbersOf(first)).toEqual([1, 2])
  // What follows has the kinds that were chosen since, and the numbers that follow.
  expect(eventsOf(third).map(({ type }) => type)).toContain('keybound.audit.stream.updated')
  expect(numbersOf(third)).toEqual(eventsOf(third).map((_, at) => 3 + at))
  expect(idsOf([third])).not.toEqual(idsOf([first]))
})

test('other events between the same two have another id', async () => {
  const [acts1, both] = [
    await newStream({ batchMax: 10 }),
    await newStream({ kinds: ['audit', 'refused'], batchMax: 10 }),
  ]
  await acts('1')
  await refuse()
  await acts('2')
  const { seq } = await service.db.stream.findUniqueOrThrow({ where: { id: both } })
  await service.db.stream.update({ where: { id: acts1 }, data: { seq } })
  await deliver(acts1)
  await deliver(both)
  expect(received.map((request) => eventsOf(request).length)).toEqual([2, 3])
  expect(new Set(idsOf(received)).size).toBe(2)
})

test('after 413 a request holds half as many events, each with the number it had', async () => {
  const id = await newStream({ batchMax: 8 })
  await acts('1', '2', '3', '4', '5', '6', '7')
  answer = () => answered(413)
  await deliver(id)
  await retry(id)
  answer = () => answered(204)
  await retry(id)
  expect(received.map(numbersOf)).toEqual([[1, 2, 3, 4, 5, 6, 7], [1, 2, 3], [1], [2], [3], [4], [5], [6], [7]])
  const numbers = new Map<string, string>()
  for (const { id, sequence } of received.flatMap(eventsOf)) {
    expect(numbers.get(id) ?? sequence).toBe(sequence)
    numbers.set(id, sequence)
  }
  expect(await service.db.stream.findUnique({ where: { id } })).toMatchObject({ sent: 7, pending: null, numbered: 7 })
})

test('a request that cannot be read is made anew, with numbers that were not given', async () => {
  const id = await newStream()
  await acts('1')
  answer = () => answered(500)
  await deliver(id)
  await service.db.stream.update({ where: { id }, data: { pending: '{"entries":' } })
  answer = () => answered(204)
  await retry(id)
  expect(received.map(numbersOf)).toEqual([[1], [2]])
})

test('of a log with little that matches, the place is written once', async () => {
  const id = await newStream({ kinds: ['refused'] })
  await acts(...Array.from({ length: 65 }, (_, n) => `${n}`))
  await refuse()
  const { seq } = await service.db.stream.findUniqueOrThrow({ where: { id } })
  const places = new Set<number>()
  await deliverStream({ db: service.db, now: ctx.now, post }, id, async () => {
    places.add((await service.db.stream.findUniqueOrThrow({ where: { id } })).seq)
    return true
  })
  expect(received).toHaveLength(1)
  expect([...places].filter((place) => place !== seq)).toHaveLength(1)
})
