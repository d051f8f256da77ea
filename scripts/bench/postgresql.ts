import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { makeTemplates } from '@/e2e/fixtures/new-database'
import { sharedServerVariable, startPostgresql } from '@/e2e/fixtures/postgresql'
import { parentOf } from './processes'

/** What makes a commit durable; the tests, which need none of it, switch it off. */
const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'shared_buffers=256MB']

/** Starts one PostgreSQL for the whole run; every server that is measured gets a database of its own on it. */
export async function startDurablePostgresql() {
  const server = await startPostgresql(durable)
  process.env[sharedServerVariable] = server.url
  const folder = mkdtempSync(path.join(tmpdir(), 'keybound-bench-'))
  await makeTemplates(folder, server)
  return {
    pid: await pidOf(server.url),
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The process that starts those of the connections; null where there is no /proc. */
async function pidOf(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return rows[0] ? parentOf(rows[0].pid) : null
  } finally {
    await client.end()
  }
}
