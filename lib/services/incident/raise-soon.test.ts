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
      raiseSoon({ db, now }, { log: 'log', decisionId: 'second' })
    })
    raiseSoon({ db, now }, { log: 'log', decisionId: 'first' })
    await new Promise(setImmediate)
    await allRaised()
    expect(asked).toEqual(['first', 'second'])
  },
)
