import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// docs/scaling.md, "PostgreSQL-compatible distributed databases": what such a database has to have. A migration or a statement
// that needs more fails here, so that the page stays true.

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, 'prisma/migrations/postgresql')
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, sql: readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') }))

/** What our own statements are written in: every source outside of tests and generated code. */
const sources = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|generated/.test(name))
  .map((name) => ({ name: `lib/${name}`, sql: readFileSync(path.join(root, 'lib', name), 'utf8') }))

const withoutComments = (sql: string) => sql.replace(/^\s*--.*$/gm, '')

test('columns have the types that every PostgreSQL-compatible database has', () => {
  const types = migrations.flatMap(({ sql }) =>
    [...sql.matchAll(/^\s+"\w+" ([A-Z]+(?:\(\d+\))?)/gm)].map(([, type]) => type),
  )
  expect(types.length).toBeGreaterThan(300)
  expect([...new Set(types)].sort()).toEqual(['BOOLEAN', 'INTEGER', 'TEXT', 'TIMESTAMP(3)'])
})

/** What distributed databases lack, or have with another meaning. */
const missing = [
  ['a sequence', /\b(CREATE SEQUENCE|(SMALL|BIG)?SERIAL\b|GENERATED .* AS IDENTITY|nextval\()/],
  ['an extension', /\bCREATE EXTENSION\b/],
  ['an advisory lock', /\bpg_(try_)?advisory_/],
  ['a constraint that is checked at the end of the transaction', /\bDEFERRABLE\b/],
  ['an exclusion constraint', /\bEXCLUDE USING\b/],
  ['inheritance', /\bINHERITS\b/],
  ['an index other than a B-tree', /\bUSING (gin|gist|brin|hash|spgist)\b/i],
  ['an unlogged or temporary table', /\bCREATE (UNLOGGED|TEMP|TEMPORARY) TABLE\b/],
  ['a materialized view', /\bMATERIALIZED VIEW\b/],
] as const

test.each(missing)('no migration and no statement needs %s', (_, pattern) => {
  const found = [...migrations, ...sources].filter(({ sql }) => pattern.test(withoutComments(sql)))
  expect(found.map(({ name }) => name)).toEqual([])
})

test('only npx keybound partition needs partitions, and a server where it has run', () => {
  const having = [...migrations, ...sources].filter(({ sql }) => /\b(ATTACH PARTITION|PARTITION (BY|OF))\b/.test(sql))
  expect(having.map(({ name }) => name)).toEqual(['lib/db/partitions/statements.ts'])
})

test('triggers only keep rows of the evidence log from being changed, in one migration', () => {
  const having = migrations.filter(({ sql }) => /CREATE (FUNCTION|TRIGGER)/.test(sql))
  expect(having.map(({ name }) => name)).toHaveLength(1)
  const [{ sql } = { sql: '' }] = having
  const triggers = [...sql.matchAll(/CREATE TRIGGER .*?;/gs)].map(([text]) => text)
  expect(triggers).toHaveLength(2)
  for (const trigger of triggers) expect(trigger).toMatch(/BEFORE (UPDATE|DELETE|TRUNCATE)/)
})

test('only restoring a backup, into a database that nothing else uses, locks a table', () => {
  const having = [...migrations, ...sources].filter(({ sql }) => /\bLOCK TABLE\b/.test(sql))
  expect(having.map(({ name }) => name)).toEqual(['lib/db/backup/postgresql-loading.ts'])
})

test('LISTEN and NOTIFY are used in one place, whose callers do without them', () => {
  const having = sources.filter(({ sql }) => /`LISTEN |pg_notify\(/.test(sql))
  expect(having.map(({ name }) => name)).toEqual(['lib/db/notices.ts'])
})
