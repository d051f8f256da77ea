import { afterEach, expect, test, vi } from 'vitest'
import type { Db } from '@/lib/db/client'
import { allRaised, raiseSoon, roundEveryMs, rowsMax } from './raise-soon'

const noon = () => new Date('2026-06-01T12:00:00Z')

afterEach(async () => {
  vi.useRealTimers()
  await allRaised()
})

/** What is raised is looked up by its id, and found to be nothing. */
function emptyDb(onAnnounced: (found: Promise<never[]>) => void) {
  const asked: string[] = []
  const none = async () => []
  const db = {
    incidentCursor: { findUnique: async () => null },
    incidentRefusal: { findMany: none },
    decision: {
      findMany: async ({ where }: { where: { id: { in: string[] } } }) => {
        asked.push(...where.id.in)
        return []
      },
    },
    incident: {
      findMany: () => {
        const found = none()
        onAnnounced(found)
        return found
      },
    },
  }
  return { asked, db: db as unknown as Db }
}

test.each(Array.from({ length: 20 }, (_, steps) => steps))(
  'a use is raised whenever it comes: %i steps after the one before was announced',
  async (steps) => {
    let isFirst = true
    const { asked, db } = emptyDb(async (found) => {
      if (!isFirst) return
      isFirst = false
      await found
      for (let step = 0; step < steps; step++) await null
      raiseSoon({ db, now: noon }, { log: 'log', decisionId: 'second', of: `another ${steps}` })
    })
    raiseSoon({ db, now: noon }, { log: 'log', decisionId: 'first', of: `one ${steps}` })
    await new Promise(setImmediate)
    await allRaised()
    expect(asked).toEqual(['first', 'second'])
  },
)

/** Uses of canaries, and which of them were asked for until the next pause. */
function usesOfCanaries() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { asked, db } = emptyDb(() => undefined)
  return {
    use: (decisionId: string, of: string) => raiseSoon({ db, now: noon }, { log: 'log', decisionId, of }),
    async raised() {
      await new Promise(setImmediate)
      return asked.splice(0).sort()
    },
  }
}

test('the first use is raised at once; those that follow it are raised without another use, in less than a second', async () => {
  const { use, raised } = usesOfCanaries()
  use('first', 'canary')
  expect(await raised()).toEqual(['first'])
  use('second', 'canary')
  use('third', 'canary')
  use('other', 'other canary')
  expect(await raised()).toEqual([])
  vi.advanceTimersByTime(roundEveryMs)
  expect(await raised()).toEqual(['other', 'second', 'third'])
  expect(roundEveryMs).toBeLessThan(500)
})

test('a flood of uses of one canary is raised in few rounds of bounded size; another canary is not kept out of them', async () => {
  const { use, raised } = usesOfCanaries()
  use('first', 'canary')
  await raised()
  for (let n = 0; n < 3 * rowsMax; n++) use(`flood ${n}`, 'canary')
  use('other', 'other canary')
  vi.advanceTimersByTime(roundEveryMs)
  const round = await raised()
  expect(round).toHaveLength(rowsMax + 1)
  expect(round).toContain('other')
  vi.advanceTimersByTime(roundEveryMs)
  expect(await raised()).toEqual([])
})

test('the end of a server does not wait for the next round', async () => {
  const { use, raised } = usesOfCanaries()
  use('first', 'canary')
  await raised()
  use('second', 'canary')
  await allRaised()
  expect(await raised()).toEqual(['second'])
})
