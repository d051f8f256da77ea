import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { contains, startsWith } from './contains'

const databases = bothDatabases()

test.each(databaseNames)('every character of a search is literal on %s', async (name) => {
  const db = databases.client(name)
  const organizationId = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
  const names = ['a_b', 'aXb', '100%', '100 percent', 'C:\\ci', 'C:ci', "O'Brien", '\\%', '_']
  await db.identity.createMany({
    data: names.map((name) => ({ id: randomUUID(), organizationId, name, role: 'member' })),
  })
  const found = async (filter: object) => {
    const rows = await db.identity.findMany({ where: { organizationId, name: filter } })
    return rows.map(({ name }) => name).toSorted()
  }
  for (const text of ['_', '%', '\\', 'a_', '0%', ':\\c', "'", '\\%', 'ci', 'a_b']) {
    expect([text, await found(contains(text))]).toEqual([text, names.filter((name) => name.includes(text)).toSorted()])
    const begun = names.filter((name) => name.startsWith(text)).toSorted()
    expect([text, await found(startsWith(text))]).toEqual([text, begun])
  }
})
