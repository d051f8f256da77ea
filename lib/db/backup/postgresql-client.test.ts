import { expect, test } from 'vitest'
import { bothDatabases } from '@/e2e/fixtures/both-databases'
import { openPostgresql } from './postgresql-client'

const databases = bothDatabases()

test('the schema and what else is set hold for the transaction only: behind a pooler another client has the connection next', async () => {
  const url = new URL(databases.url('postgresql'))
  url.searchParams.set('schema', 'another "one"')
  const client = await openPostgresql(url.href, 'BEGIN READ ONLY')
  const shown = async (name: string) => (await client.query(`SELECT current_setting('${name}') AS value`)).rows[0].value
  try {
    expect([await shown('search_path'), await shown('transaction_read_only')]).toEqual(['"another ""one"""', 'on'])
    await client.query('ROLLBACK')
    expect([await shown('search_path'), await shown('transaction_read_only')]).toEqual(['"$user", public', 'off'])
  } finally {
    await client.end()
  }
})
