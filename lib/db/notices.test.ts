import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '@/e2e/apis/eventually'
import { bothDatabases } from '@/e2e/fixtures/both-databases'
import { type Notices, noticeBytesMax, openNotices } from './notices'

const databases = bothDatabases()

/** A server that listens, with what it was told and how its connection fared. */
function listening(url: string) {
  const told: string[] = []
  const states: (unknown | null)[] = []
  const notices = openNotices('test', {
    url,
    onNotice: (text) => told.push(text),
    onState: (cause) => states.push(cause),
  })
  opened.push(notices)
  const connected = () =>
    eventually(
      async () => states.at(-1),
      (last) => last === null,
    )
  return { ...notices, told, states, connected }
}
const opened: Notices[] = []
let url = ''
beforeAll(() => {
  url = databases.url('postgresql')
})
afterAll(() => Promise.all(opened.map(({ close }) => close())))

test('what one server tells reaches every other of its database and schema, and not itself', async () => {
  const [one, two, three] = [listening(url), listening(url), listening(url)]
  const elsewhere = listening(`${url}${url.includes('?') ? '&' : '?'}schema=another`)
  await Promise.all([one, two, three, elsewhere].map(({ connected }) => connected()))
  await one.send(['first', 'second'])
  for (const other of [two, three]) {
    await eventually(
      async () => other.told,
      (told) => told.length === 2,
    )
    expect(other.told).toEqual(['first', 'second'])
  }
  // Told after those, so whatever the first had caused would be here by now.
  await two.send(['third'])
  await eventually(
    async () => one.told,
    (told) => told.length > 0,
  )
  expect(one.told).toEqual(['third'])
  expect(elsewhere.told).toEqual([])
})

test('a connection that breaks is reported and made again', async () => {
  const [one, two] = [listening(url), listening(url)]
  await Promise.all([one.connected(), two.connected()])
  await databases
    .client('postgresql')
    .$executeRawUnsafe(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'keybound notices' AND datname = current_database()`,
    )
  for (const { states } of [one, two]) {
    await eventually(
      async () => states,
      () => states.some((state) => state !== null) && states.at(-1) === null,
    )
  }
  await one.send(['again'])
  await eventually(
    async () => two.told,
    (told) => told.includes('again'),
  )
})

test('a text of the longest size arrives, and a longer one is refused', async () => {
  const [one, two] = [listening(url), listening(url)]
  await Promise.all([one.connected(), two.connected()])
  const longest = `${'é'.repeat((noticeBytesMax - 1) / 2)}x`
  expect(Buffer.byteLength(longest)).toBe(noticeBytesMax)
  await one.send([longest])
  await eventually(
    async () => two.told,
    (told) => told.includes(longest),
  )
  await expect(one.send([`${longest}x`])).rejects.toThrow(/payload/)
})

test('without a connection, telling fails at once', async () => {
  const apart = listening('postgresql://keybound@127.0.0.1:1/none')
  await expect(apart.send(['lost'])).rejects.toThrow(/no connection/)
})
