import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { onPostgresql } from '@/e2e/fixtures/partitioned'
import { at, decision } from '@/e2e/fixtures/sealed-log'
import { connect } from '../client'
import { loginStoreOf } from '../login-store/stores'
import { migrate } from '../migrate'
import { readPartitioning } from './catalogue'
import { partitionDecisions } from './partition-decisions'
import { partitionStatus } from './partition-status'
import { firstBoundary } from './periods'
import { addCheck, convert, formerName, keyIndex, shortly, validateCheck } from './statements'
import { readTable } from './table-facts'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-partition-'))
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})

let url: string
beforeEach(async () => {
  const data = await migratedDatabase('postgresql', folder)
  stops.push(data.stop)
  url = data.url
})

const sql = <Row extends pg.QueryResultRow>(statement: string, on = url) =>
  onPostgresql(on, async (client) => (await client.query<Row>(statement)).rows)
const partitioned = (tries = 60, said: string[] = [], period: 'day' | 'week' | 'month' = 'week') =>
  partitionDecisions(url, { period, say: (sentence) => void said.push(sentence), tries, pauseMs: 1 })
const partitions = async () => (await onPostgresql(url, (client) => readPartitioning(client, 'public')))?.partitions
const checks = () => sql(`SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'Decision%'`)

/** Everything by which the table is known to others. */
const catalogue = async () => ({
  columns: await sql(`SELECT attname, atttypid::regtype::text, atttypmod, attnotnull FROM pg_attribute
    WHERE attrelid = '"Decision"'::regclass AND attnum > 0 ORDER BY attnum`),
  indexes: await sql(`SELECT i.relname, regexp_replace(pg_get_indexdef(i.oid), '.* USING', '') AS columns
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indrelid = '"Decision"'::regclass AND NOT x.indisprimary AND x.indisvalid ORDER BY 1`),
  owner: await sql(`SELECT relowner::regrole::text FROM pg_class WHERE oid = '"Decision"'::regclass`),
  rights: await sql(`SELECT grantee, privilege_type FROM information_schema.role_table_grants
    WHERE table_name = 'Decision' ORDER BY 1, 2`),
})

test('the table keeps its columns, its indexes with their names, its owner and the rights of others', async () => {
  await sql('GRANT SELECT, INSERT ON "Decision" TO pg_monitor; GRANT SELECT ON "Decision" TO PUBLIC')
  const before = await catalogue()
  expect(before.indexes).toHaveLength(6)
  expect(await partitioned()).toMatchObject({ wasPartitioned: false, period: 'week' })
  expect(await catalogue()).toEqual(before)
  const [key] = await sql(`SELECT conname, pg_get_constraintdef(oid) AS key FROM pg_constraint
    WHERE conrelid = '"Decision"'::regclass AND contype = 'p'`)
  expect(key).toEqual({ conname: 'Decision_pkey', key: 'PRIMARY KEY (id, at)' })
  expect(await checks()).toEqual([])
  // Every index of every partition is one of the table's.
  const [{ alone } = { alone: null }] = await sql<{ alone: number }>(`SELECT count(*)::int AS alone
    FROM pg_inherits p JOIN pg_index x ON x.indrelid = p.inhrelid
    WHERE p.inhparent = '"Decision"'::regclass AND NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = x.indexrelid)`)
  expect(alone).toBe(0)
})

test('logins that are written while the table is partitioned are all there, once', async () => {
  const db = connect(url)
  const store = loginStoreOf(db)
  const written: string[] = []
  let isDone = false
  const write = async () => {
    while (!isDone) {
      const row = { ...decision(null, false), at: new Date() }
      await store.keep({ issued: null, decision: row, countInto: [] })
      written.push(row.id)
    }
  }
  const writing = Array.from({ length: 8 }, write)
  await expect.poll(() => written.length, { interval: 5 }).toBeGreaterThan(100)
  await partitioned()
  const before = written.length
  await expect.poll(() => written.length, { interval: 5 }).toBeGreaterThan(before + 100)
  isDone = true
  await Promise.all(writing)
  const rows = await db.decision.findMany({ select: { id: true } })
  expect(rows.map(({ id }) => id).sort()).toEqual([...written].sort())
  await db.$disconnect()
})

test('what is there becomes the first partition without being read while logins wait', async () => {
  const noticed: string[] = []
  await sql(
    `INSERT INTO "Decision" (id, at, method, accepted, message, trace) VALUES ('one', now(), 'jwt', true, '', '[]')`,
  )
  await onPostgresql(url, async (client) => {
    const facts = await readTable(client, 'public')
    const boundary = firstBoundary('week', facts.now)
    await client.query(`CREATE UNIQUE INDEX "${keyIndex}" ON "Decision" (id, at)`)
    const statements = shortly(...convert({ schema: 'public', ...facts, boundary, ahead: [] }))
    // Without the check, nothing is changed.
    await expect(client.query(statements)).rejects.toThrow(`constraint "${formerName(boundary)}" `)
    await client.query('ROLLBACK')
    await client.query(`${addCheck('public', boundary)}; ${validateCheck('public', boundary)}`)
    client.on('notice', ({ message = '' }) => void noticed.push(message))
    await client.query('SET client_min_messages = debug1')
    await client.query(statements)
  })
  // PostgreSQL, "CREATE TABLE … ATTACH PARTITION": a scan is avoided by a valid CHECK constraint.
  expect(noticed.join()).toMatch(
    /partition constraint for table "Decision_until_\d+" is implied by existing constraints/,
  )
  expect(noticed.join()).not.toMatch(/verifying table "Decision_until/)
})

test('a later migration changes the table as before', async () => {
  await partitioned()
  const migrations = path.join(folder, 'later')
  cpSync('prisma/migrations', migrations, { recursive: true })
  mkdirSync(path.join(migrations, 'postgresql/29990101000000_later'))
  writeFileSync(
    path.join(migrations, 'postgresql/29990101000000_later/migration.sql'),
    `ALTER TABLE "Decision" ADD COLUMN "note" TEXT;
     DROP INDEX "Decision_tokenSha256_idx";
     CREATE INDEX "Decision_tokenSha256_note_idx" ON "Decision"("tokenSha256", "note");`,
  )
  expect(await migrate(url, migrations)).toEqual(['29990101000000_later'])
  const [{ count } = { count: 0 }] = await sql<{ count: number }>(
    `SELECT count(*)::int FROM pg_indexes WHERE indexdef LIKE '%("tokenSha256", note)'`,
  )
  expect(count).toBe(((await partitions())?.length ?? 0) + 1)
})

test('a second run changes nothing and says so, also by another period; it makes what is missing', async () => {
  const first = await partitioned()
  expect(first.made).toHaveLength(3)
  expect(await partitioned(60, [], 'day')).toEqual({ ...first, wasPartitioned: true, made: [] })
  // As if the command had run weeks ago.
  const [lost = ''] = first.made
  await sql(`DROP TABLE "${first.partitions[0]?.name}"; DROP TABLE "${lost}"`)
  const again = await partitioned()
  expect(again.wasPartitioned).toBe(true)
  expect(again.made).toContain(lost)
  expect(await partitionStatus(url, 'week')).toContain('No partition is missing.')
})

test('what would be done is told, and nothing is changed', async () => {
  await sql(`ALTER TABLE "Decision" ENABLE ROW LEVEL SECURITY`)
  const lines = (await partitionStatus(url, 'month')).join('\n')
  expect(lines).toMatch(
    /^Decisions are not partitioned: about 0 rows.*Decision_until_\d{6}01,.*by month: Decision_.*row security\.$/s,
  )
  expect(await partitions()).toBeUndefined()
})

test('a transaction that holds the table for long is not waited for: nothing is changed, and logins go on', async () => {
  const db = connect(url)
  await onPostgresql(url, async (holder) => {
    await holder.query('BEGIN; SELECT 1 FROM "Decision"')
    await expect(partitioned(2)).rejects.toThrow(/^Another transaction, such as a backup, holds/)
    const row = { ...decision(null), at }
    expect(await loginStoreOf(db).keep({ issued: null, decision: row, countInto: [] })).toMatchObject({ state: 'kept' })
    await holder.query('COMMIT')
  })
  expect(await checks()).toEqual([])
  expect(await partitioned()).toMatchObject({ wasPartitioned: false })
  await db.$disconnect()
})

test('a run that was killed is taken up by the next', async () => {
  await sql(`CREATE UNIQUE INDEX "${keyIndex}" ON "Decision" (id, at);
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"${keyIndex}"'::regclass;
    ${addCheck('public', new Date('2026-01-05'))}`)
  await partitioned()
  expect(await checks()).toEqual([])
})

describe('is refused with nothing changed', () => {
  test('a table with what the partitioned one would not have', async () => {
    await sql(`CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER t BEFORE INSERT ON "Decision" FOR EACH ROW EXECUTE FUNCTION f();
      CREATE VIEW v AS SELECT id FROM "Decision";
      CREATE PUBLICATION p FOR TABLE "Decision";
      CREATE TABLE t (id text REFERENCES "Decision" (id));
      CREATE UNIQUE INDEX i ON "Decision" ("accessTokenId");
      GRANT SELECT (id) ON "Decision" TO pg_monitor`)
    await expect(partitioned()).rejects.toThrow(
      'The table of decisions has a trigger, a foreign key of another table, a unique index, a publication, rights to single columns, a view that reads it, which',
    )
    expect([await partitions(), await checks()]).toEqual([undefined, []])
  })

  test('a table with decisions of the future', async () => {
    await sql(
      `INSERT INTO "Decision" (id, at, method, accepted, message, trace) VALUES ('f', now() + interval '1 year', 'jwt', true, '', '[]')`,
    )
    await expect(partitioned()).rejects.toThrow(/a server whose clock was wrong; delete them/)
    expect([await partitions(), await checks()]).toEqual([undefined, []])
  })

  test('a user who does not own the table', async () => {
    const user = `reader_${path.basename(new URL(url).pathname).slice(-12)}`
    await sql(`CREATE ROLE ${user} LOGIN PASSWORD 'reader'; GRANT SELECT, INSERT ON "Decision" TO ${user}`)
    const as = new URL(url)
    Object.assign(as, { username: user, password: 'reader' })
    const running = partitionDecisions(as.href, { period: 'week', say: () => {} })
    await expect(running).rejects.toThrow(/^The user of DATABASE_URL may not do this \(must be owner of .*superuser\.$/)
    expect([await partitions(), await checks()]).toEqual([undefined, []])
    await sql(`DROP OWNED BY ${user}; DROP ROLE ${user}`)
  })

  test('SQLite', async () => {
    const options = { period: 'week', say: () => {} } as const
    await expect(partitionDecisions('file:keybound.db', options)).rejects.toThrow(/^SQLite has no partitions/)
  })
})

test('a superuser makes partitions that the owner of the table owns', async () => {
  const owner = `owner_${path.basename(new URL(url).pathname).slice(-12)}`
  await sql(`CREATE ROLE ${owner}; GRANT CREATE ON SCHEMA public TO ${owner}; ALTER TABLE "Decision" OWNER TO ${owner}`)
  await partitioned()
  const owners = await sql(`SELECT DISTINCT c.relowner::regrole::text AS name FROM pg_class c
    WHERE c.relname LIKE 'Decision\\_%' AND c.relkind = 'r'`)
  expect(owners).toEqual([{ name: owner }])
  await sql(`REASSIGN OWNED BY ${owner} TO CURRENT_USER; DROP OWNED BY ${owner}; DROP ROLE ${owner}`)
})

test('tables in a schema of their own are partitioned there', async () => {
  const own = `${url}?schema=own`
  await sql('ALTER SCHEMA public RENAME TO own; CREATE SCHEMA public')
  await partitionDecisions(own, { period: 'day', say: () => {} })
  const found = await onPostgresql(url, (client) => readPartitioning(client, 'own'))
  expect(found?.partitions.length).toBeGreaterThan(8)
  expect(await partitions()).toBeUndefined()
  const db = connect(own)
  await loginStoreOf(db).keep({ issued: null, decision: { ...decision(null), at }, countInto: [] })
  expect(await db.decision.count()).toBe(1)
  await db.$disconnect()
})
