import { expect, test } from 'vitest'
import { boundedQueue } from './bounded-queue'

/** A queue of work that goes on, one piece at a time, when it is told to. */
function queueOf(waitingMax: number, ofOneMax?: number) {
  const begun: string[] = []
  let finish: () => void = () => undefined
  const queue = boundedQueue(
    (name: string) => {
      begun.push(name)
      return new Promise<void>((resolve) => {
        finish = resolve
      })
    },
    { waitingMax, ...(ofOneMax === undefined ? {} : { ofOneMax }) },
    'Too much to do.',
  )
  const goOn = async () => {
    finish()
    await new Promise(setImmediate)
  }
  return { queue, begun, goOn }
}

test('one runs at a time, and who is known goes before strangers', async () => {
  const { queue, begun, goOn } = queueOf(5)
  for (const name of ['a', 'b', 'c']) queue(name)
  queue('known', 'urgent')
  expect(begun).toEqual(['a'])
  await goOn()
  await goOn()
  await goOn()
  expect(begun).toEqual(['a', 'known', 'b', 'c'])
})

test('more than may wait are refused with when to come back, each kind by itself', async () => {
  const { queue } = queueOf(2)
  for (const name of ['a', 'b', 'c']) queue(name)
  expect(() => queue('d')).toThrow(expect.objectContaining({ kind: 'too-many', retryAfterSeconds: 2 }))
  queue('known', 'urgent')
})

test('owners take turns, however much one of them asks for; what has no owner comes first', async () => {
  const { queue, begun, goOn } = queueOf(10)
  for (const name of ['a1', 'a2', 'a3', 'a4']) queue(name, 'urgent', 'a')
  for (const name of ['b1', 'b2']) queue(name, 'urgent', 'b')
  queue('page', 'urgent')
  for (let at = 0; at < 6; at++) await goOn()
  expect(begun).toEqual(['a1', 'page', 'b1', 'a2', 'b2', 'a3', 'a4'])
})

test('one owner fills no queue: more than its share is refused, and others are still taken', async () => {
  const { queue } = queueOf(10, 2)
  for (const name of ['a1', 'a2', 'a3']) queue(name, 'urgent', 'a')
  expect(() => queue('a4', 'urgent', 'a')).toThrow(expect.objectContaining({ kind: 'too-many' }))
  queue('b1', 'urgent', 'b')
})

test('work that fails does not stop what waits behind it', async () => {
  const queue = boundedQueue(
    async (name: string) => {
      if (name === 'bad') throw new TypeError('bad')
      return name
    },
    { waitingMax: 5 },
    'Too much to do.',
  )
  const outcomes = await Promise.allSettled([queue('bad'), queue('good')])
  expect(outcomes).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'good' }])
})
