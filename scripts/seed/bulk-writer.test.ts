import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '../../e2e/fixtures/both-databases'
import { bulkWriter } from './bulk-writer'

const databases = bothDatabases()
const at = new Date('2026-11-29T03:04:05.678Z')

describe.each(databaseNames)('%s', (name) => {
  /** Writes rows in one go, as a tool does. */
  async function write(table: string, rows: object[], conflict?: string) {
    const writer = await bulkWriter(databases.url(name))
    try {
      await writer.insert(table, rows as Record<string, unknown>[], conflict)
    } finally {
      await writer.close()
    }
  }
  const organization = () => {
    const id = randomUUID()
    const flags = { returnOrigins: '["https://a.example"]', requiresSecondFactor: true, reviewIntervalDays: 90 }
    return { id, name: 'Ünïcode "quoted"\n', slug: id, ...flags, createdAt: at }
  }

  test('rows written in bulk are read as the client would have written them', async () => {
    const rows = [organization(), organization()]
    await write('Organization', rows)
    const db = databases.client(name)
    const read = await db.organization.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })
    expect(read).toEqual(expect.arrayContaining(rows))
    // SQLite compares instants as text.
    expect(await db.organization.count({ where: { id: rows[0]?.id, createdAt: at } })).toBe(1)
  })

  test('a row that is there already is an error, unless it is said what to do', async () => {
    const row = organization()
    await write('Organization', [row])
    await expect(write('Organization', [organization(), row])).rejects.toThrow()
    await write('Organization', [row], 'ON CONFLICT DO NOTHING')
    expect(await databases.client(name).organization.count({ where: { id: row.id } })).toBe(1)
  })
})
