import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { acquireLease, releaseLease } from './lease'

const databases = bothDatabases()
const start = new Date('2026-08-01T12:00:00.000Z')
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000)

test.each(databaseNames)(
  '%s: of servers that ask for a lease at once one gets it, until it ends or is released',
  async (database) => {
    const db = databases.client(database)
    const name = randomUUID()
    const lease = (holder: string, now: Date) => acquireLease(db, { name, holder, now, seconds: 90 })
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => lease(holder, start)))
    expect(asked.filter(Boolean)).toHaveLength(1)
    const holder = ['a', 'b', 'c', 'd'][asked.indexOf(true)] ?? ''
    expect(await lease(holder, after(60))).toBe(true)
    expect(await lease('e', after(100))).toBe(false)
    expect(await lease('e', after(151))).toBe(true)
    expect(await lease(holder, after(152))).toBe(false)
    await releaseLease(db, { name, holder: 'e' })
    expect(await lease(holder, after(153))).toBe(true)
  },
)
