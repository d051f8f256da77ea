import { beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases } from '@/e2e/fixtures/both-databases'
import { fillDatabase, idOf, organizationId } from '@/e2e/fixtures/many-rows'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { migrate } from '@/lib/db/migrate'
import { changesBefore } from './changes-before'
import type { IncidentRow } from './incident-batch'

const databases = bothDatabases()
const tables = [
  'Identity',
  'Trust',
  'TrustVersion',
  'Decision',
  'AuditEntry',
  'TrustKeySource',
  'KeySourceState',
  'KeySourceEvent',
]
beforeAll(async () => {
  await fillDatabase(databases.client('sqlite'), 'sqlite', tables)
  await fillDatabase(databases.client('postgresql'), 'postgresql', tables)
})

const found = { trustId: idOf('2', 1), trustVersion: 1, reason: 'token_expired', firstAt: new Date('2026-01-20') }
const ofIdentity = { ...found, organizationId, identityId: idOf('1', 1), firstDecisionId: 'req-00000000000002' }
const incidents: [string, object][] = [
  ['of an identity', ofIdentity],
  ['of an identity whose trust is gone', { ...ofIdentity, trustId: null }],
  ['of an issuer', { ...ofIdentity, identityId: null, trustId: idOf('3', 1) }],
]

/** What is wrong with how each statement is run. */
async function faultsOf(url: string, incident: object) {
  const client = watchedClient(url)
  try {
    const statements = await client.statementsOf(() => changesBefore(client.db, incident as IncidentRow))
    expect(statements.length).toBeGreaterThan(4)
    const faults = []
    for (const statement of statements) faults.push(...(await client.faultsOf(statement, 500)))
    return faults
  } finally {
    await client.db.$disconnect()
  }
}

test.each(incidents)(
  'on postgresql, what changed before an incident %s is read from index ranges',
  async (_, incident) => {
    expect(await faultsOf(databases.url('postgresql'), incident)).toEqual([])
  },
)

describe.each([
  [
    'as a start leaves them',
    async () => {
      await migrate(databases.url('sqlite'))
    },
  ],
  ['that ANALYZE made of few rows', () => run('ANALYZE')],
  ['that are not there', () => run('DELETE FROM sqlite_stat1')],
] as const)('on sqlite, with statistics %s', (_, prepare) => {
  beforeAll(() => prepare())
  test.each(incidents)('what changed before an incident %s is read from index ranges', async (_, incident) => {
    expect(await faultsOf(databases.url('sqlite'), incident)).toEqual([])
  })
})

async function run(sql: string): Promise<void> {
  await databases.client('sqlite').$executeRawUnsafe(sql)
}
