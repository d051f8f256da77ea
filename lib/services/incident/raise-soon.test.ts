import { expect, test } from 'vitest'
import type { Db } from '@/lib/db/client'
import { allRaised, raiseSoon } from './raise-soon'

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
    const now = () => new Date('2026-06-01T12:00:00Z')
    let isFirst = true
    const { asked, db } = emptyDb(async (found) => {
      if (!isFirst) return
      isFirst = false
      await found
      for (let step = 0; step < steps; step++) await null
      raiseSoon({ db, now }, { log: 'log', decisionId: 'second', of: `another ${steps}` })
    })
    raiseSoon({ db, now }, { log: 'log', decisionId: 'first', of: `one ${steps}` })
    await new Promise(setImmediate)
    await allRaised()
    expect(asked).toEqual(['first', 'second'])
  },
)

test('a flood of uses of one canary is raised once a second; the first use of another one at once', async () => {
  let atMs = Date.parse('2026-06-01T13:00:00Z')
  const now = () => new Date(atMs)
  const { asked, db } = emptyDb(() => undefined)
  const use = (decisionId: string, of: string) => raiseSoon({ db, now }, { log: 'log', decisionId, of })
  for (let n = 0; n < 1_000; n++) use(`flood ${n}`, 'canary')
  use('other', 'other canary')
  atMs += 999
  use('soon', 'canary')
  atMs += 1
  use('later', 'canary')
  await allRaised()
  expect(asked.sort()).toEqual(['flood 0', 'later', 'other'])
})
