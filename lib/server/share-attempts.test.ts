import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noticeBytesMax } from '@/lib/db/notices'
import type { Spent } from '@/lib/services/attempts'
import { inTexts, readSpent, shareAttempts } from './share-attempts'

/** Where PostgreSQL would be: takes connections and ends them. */
const server = createServer((socket) => socket.on('error', () => {}).end())
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => void server.close())

const spent = (key: string): Spent => ({ limit: 'people.sign-in', key, cost: 1, leftMs: 299_999.5 })

test('however many points there are, they arrive whole and in order elsewhere, in texts that a notice can carry', () => {
  const many = Array.from({ length: 2_000 }, (_, at) => spent(`${at} ${'ü🔑'.repeat(at % 40)}`))
  const texts = inTexts(many, 'here')
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(noticeBytesMax)
  expect(texts.flatMap((text) => readSpent(text, 'there'))).toEqual(many)
  expect(texts.flatMap((text) => readSpent(text, 'here'))).toEqual([])
  expect(inTexts([], 'here')).toEqual([])
})

test('the longest key that is told fits, whatever is in it', () => {
  const widest = spent('\u0001'.repeat(1_000))
  const texts = inTexts([widest, widest], 'here')
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(noticeBytesMax)
  expect(texts.flatMap((text) => readSpent(text, 'there'))).toEqual([widest, widest])
})

const wrong = [
  { cost: -1 },
  { cost: 1e9 },
  { leftMs: 1e300 },
  { key: 7 },
  { key: 'k'.repeat(1_001) },
  { limit: undefined },
].map((members) =>
  JSON.stringify({ group: 'there', spent: [{ limit: 'a', key: 'b', cost: 1, leftMs: 1, ...members }] }),
)

test.each(['no JSON', '{}', '[]', JSON.stringify({ group: 'there', spent: 'all' }), ...wrong])(
  'counts nothing of what is not a list of points: %s',
  (text) => {
    expect(readSpent(text, 'here')).toEqual([])
  },
)

test.each(['file:/var/lib/keybound/keybound.db', 'postgresql://keybound@db/keybound?pgbouncer=true'])(
  'does nothing where notices would not arrive: %s',
  (url) => {
    expect(shareAttempts(url)).toBeUndefined()
  },
)

test.each(['postgresql', 'postgres'])('listens at a database whose URL begins with %s://', async (scheme) => {
  const asked = once(server, 'connection')
  const stop = shareAttempts(`${scheme}://keybound@127.0.0.1:${(server.address() as AddressInfo).port}/keybound`)
  expect(stop).toBeDefined()
  await asked
  await stop?.()
})
