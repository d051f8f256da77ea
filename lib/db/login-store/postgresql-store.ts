import pg from 'pg'
import { unsealedDecision } from '../evidence/unsealed'
import { codesOf } from '../failure-codes'
import { postgresqlPartitions } from '../partitions/decision-partitions'
import { readableTime } from '../readable-times'
import { batchQueue } from './batch-queue'
import {
  type FoundToken,
  isNotFrozen,
  isStorable,
  joinFreeze,
  selectedIdentity,
  selectedTrust,
  selectToken,
  toFoundIdentity,
  toFoundToken,
  toNote,
  toTrustRow,
} from './found-rows'
import { toAcceptedLogin, toFirstUse } from './log-rows'
import {
  accessTokenColumns,
  dayGroupOf,
  decisionColumns,
  type FoundIdentity,
  type FoundTrust,
  type Kept,
  type LoginRows,
  type LoginStore,
  unsealedColumns,
} from './login-rows'
import { appendOn, inputOf, logStatements, names, quoted } from './postgresql-log'
import { readQueue } from './read-queue'

/** Logins in one statement; a row is up to some kilobytes. */
const groupMax = 200
/** Rows that one statement looks for. To send one costs more than what it asks, as it wakes a process of the database. */
const readsMax = 200
/** Of its own, so that pages which take all of Prisma's connections make no login wait. */
const connectionsMax = 4
/** As Prisma's transactions. */
const statementMs = 15_000

type AskedIdentity = { id: string; kind: string; slug: string | null }
type AskedIssuer = { iss: string; slug: string | null; project: string | null }

/** Logins on PostgreSQL: one prepared statement reads for a whole group, one writes it. */
export function postgresqlLoginStore(databaseUrl: string): LoginStore {
  const schema = new URL(databaseUrl).searchParams.get('schema') ?? 'public'
  const statements = statementsFor(pg.escapeIdentifier(schema))
  const logs = logStatements(pg.escapeIdentifier(schema))
  // Behind a pooler that gives each transaction another connection, a statement prepared on one is not there on the next.
  const isPooled = new URL(databaseUrl).searchParams.get('pgbouncer') === 'true'
  const named = (name: string) => (isPooled ? {} : { name })
  let pool: pg.Pool | null = null
  const open = () => {
    pool ??= connect(databaseUrl)
    return pool
  }
  const write = async (group: LoginRows[]): Promise<Kept[]> => {
    const { rows } = await open().query<{ n: number; state: string; countedInto: string | null }>({
      // Without those that are counted, no partition of decisions is looked into.
      ...(group.some(({ countInto }) => countInto.length > 0)
        ? { ...named('keep-counted'), text: statements.keepCounted }
        : { ...named('keep-logins'), text: statements.keep }),
      values: [JSON.stringify(group.map(toInput))],
    })
    const kept: Kept[] = Array(group.length)
    for (const { n, state, countedInto } of rows) {
      kept[n] = state === 'kept' ? { state, countedInto } : { state: 'changed' }
    }
    return kept
  }
  const identity = readQueue<AskedIdentity, FoundIdentity>(async (asked) => {
    const values = [asked.map(({ id }) => id), asked.map(({ kind }) => kind), asked.map(({ slug }) => slug)]
    const query = { ...named('login-identities'), text: statements.identities, values }
    const { rows } = await open().query<unknown[]>({ ...query, rowMode: 'array' })
    const found = new Map(rows.map(([n, ...row]) => [Number(n), toFoundIdentity(row)]))
    return asked.map((_, at) => found.get(at + 1) ?? null)
  }, readsMax)
  const issuers = readQueue<AskedIssuer, FoundTrust[]>(async (asked) => {
    const values = [asked.map(({ iss }) => iss), asked.map(({ slug }) => slug), asked.map(({ project }) => project)]
    const query = { ...named('login-issuers'), text: statements.issuers, values }
    const { rows } = await open().query<unknown[]>({ ...query, rowMode: 'array' })
    const found = asked.map((): FoundTrust[] => [])
    for (const [n, ...row] of rows) found[Number(n) - 1]?.push(toTrustRow(row))
    return found
  }, readsMax)
  const accessToken = readQueue<string, FoundToken>(async (ids) => {
    const query = { ...named('access-tokens'), text: statements.accessTokens, values: [ids] }
    const { rows } = await open().query<unknown[]>({ ...query, rowMode: 'array' })
    const found = new Map(rows.map(toFoundToken).map((token) => [token.id, token]))
    return ids.map((id) => found.get(id) ?? null)
  }, readsMax)
  const queue = batchQueue<LoginRows, Kept>((group) => eachIfNeeded(group, write), groupMax)

  return {
    async identity(id, kind, organizationSlug) {
      if (!isStorable(id, organizationSlug)) return null
      return identity({ id, kind, slug: organizationSlug ?? null })
    },
    async issuers(iss, { organizationSlug, project }) {
      if (!isStorable(iss, organizationSlug, project)) return []
      return (await issuers({ iss, slug: organizationSlug ?? null, project: project ?? null })) ?? []
    },
    async accessToken(id) {
      if (!isStorable(id)) return null
      return accessToken(id)
    },
    keep: (rows) => queue.add(rows),
    async dueNotes(now, max, without) {
      const query = { ...named('due-notes'), text: logs.dueNotes, values: [now.toISOString(), max, without] }
      return (await open().query({ ...query, rowMode: 'array' })).rows.map(toNote)
    },
    append: (batch) => appendOn(open(), logs, batch),
    async links(log, after, until, max) {
      const query = { ...named('log-links'), text: logs.links, values: [log, after, until, max] }
      return (await open().query(query)).rows
    },
    async acceptedLogins(ids) {
      const query = { ...named('accepted-logins'), text: logs.accepted, values: [ids] }
      return (await open().query({ ...query, rowMode: 'array' })).rows.map(toAcceptedLogin)
    },
    async firstUses(organizationId, tokens) {
      const query = { ...named('first-uses'), text: logs.firstUses, values: [organizationId, tokens] }
      return (await open().query({ ...query, rowMode: 'array' })).rows.map(toFirstUse)
    },
    partitions: postgresqlPartitions(open, schema),
    // PostgreSQL stores no U+0000.
    cutRecords: async () => [],
    async open() {
      await open().query('SELECT 1')
    },
    async close() {
      await queue.settled()
      const open = pool
      pool = null
      await open?.end()
    },
  }
}

function connect(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connectionsMax,
    connectionTimeoutMillis: 5_000,
    query_timeout: statementMs,
    application_name: 'keybound',
    types: { getTypeParser },
    // A test's process ends although it is still open.
    allowExitOnIdle: true,
  })
  // A connection that ends while it is idle is made anew when it is needed.
  pool.on('error', () => {})
  // One that ends while it is used fails its statements; without a listener it would end the process as well, since the pool has one
  // on idle connections only.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Times are in UTC, as Prisma writes them. */
const timestampOid = 1114
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === timestampOid && format !== 'binary'
    ? (text: string) => new Date(readableTime(`${text.replace(' ', 'T')}Z`))
    : pg.types.getTypeParser(oid, format)

/** One that fails takes no other with it: a group that failed by its rows, or in a race, is written one by one. */
async function eachIfNeeded(
  group: LoginRows[],
  write: (group: LoginRows[]) => Promise<Kept[]>,
): Promise<(Kept | Error)[]> {
  try {
    return await write(group)
  } catch (error) {
    if (!isOfRowsOrRace(error)) throw error
  }
  const outcomes: (Kept | Error)[] = []
  for (const one of group) outcomes.push(await alone(one, write))
  return outcomes
}

async function alone(one: LoginRows, write: (group: LoginRows[]) => Promise<Kept[]>): Promise<Kept | Error> {
  for (let time = 1; ; time++) {
    try {
      const [kept] = await write([one])
      return kept ?? new TypeError('A login was neither kept nor refused.')
    } catch (error) {
      if (time < triesMax && isRace(error)) continue
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}
const triesMax = 5

/** serialization_failure, deadlock_detected. */
const isRace = (error: unknown) => codesOf(error).some((code) => ['40001', '40P01'].includes(code))
/** And the classes of what a row can be at fault for: data (22), integrity (23), limits of a program (54). */
const isOfRowsOrRace = (error: unknown) => isRace(error) || codesOf(error).some((code) => /^(?:22|23|54)/.test(code))

const picked = (prefix: string, columns: object) =>
  Object.keys(columns)
    .map((name) => `k."${prefix}${name}"`)
    .join(', ')

/** What `toInput` makes of a login, as a record of the statement. */
function toInput({ issued, decision, countInto, times = 1 }: LoginRows, n: number): Record<string, unknown> {
  const input: Record<string, unknown> = { n, issued: issued !== null, version: issued?.trustVersion, countInto, times }
  for (const [name, value] of Object.entries(issued?.token ?? {})) input[`t_${name}`] = storable(value)
  for (const [name, value] of Object.entries(decision)) input[`d_${name}`] = storable(value)
  for (const [name, value] of Object.entries(unsealedDecision(decision))) input[`u_${name}`] = value
  const { organizationId, day, reason } = dayGroupOf(decision)
  return Object.assign(input, { g_organizationId: organizationId, g_day: day, g_reason: reason })
}

/** PostgreSQL's JSON takes no half of a character. */
const storable = (value: unknown) =>
  typeof value === 'string' && /\p{Surrogate}/u.test(value) ? Buffer.from(value).toString() : value

function statementsFor(schema: string) {
  const table = (name: string) => `${schema}.${quoted(name)}`
  const input = [
    ...['n int', 'issued boolean', 'version int', '"countInto" text[]', 'times int'],
    ...inputOf('t_', accessTokenColumns),
    ...inputOf('d_', decisionColumns),
    ...inputOf('u_', unsealedColumns),
    ...['"g_organizationId" text', '"g_day" text', '"g_reason" text'],
  ].join(', ')
  const counting = `places AS MATERIALIZED (
        SELECT k.n, k.times, k."d_at", (SELECT min(d."id") FROM ${table('Decision')} d WHERE d."id" = ANY (k."countInto")) AS "id"
        FROM kept k WHERE k."countInto" <> '{}'),
      counted AS (
        UPDATE ${table('Decision')} d SET "repeats" = d."repeats" + p.more, "lastAt" = p.last
        FROM (SELECT "id", sum(times)::int AS more, max("d_at") AS last FROM places WHERE "id" IS NOT NULL GROUP BY "id") p
        WHERE d."id" = p."id" RETURNING d."id"),
      answered AS MATERIALIZED (
        SELECT k.n, p."id" AS "countedInto" FROM kept k
        LEFT JOIN places p ON p.n = k.n AND p."id" IN (SELECT "id" FROM counted))`
  return {
    identities: `SELECT a.n, ${selectedIdentity('i."isCanary"')}
      FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS a(id, kind, slug, n)
      JOIN ${table('Identity')} i ON i."id" = a.id
      LEFT JOIN ${table('Trust')} t ON t."identityId" = i."id" AND t."kind" = a.kind AND t."enabled"
      ${joinFreeze(table)}
      WHERE a.slug IS NULL OR EXISTS (
        SELECT 1 FROM ${table('Organization')} o WHERE o."id" = i."organizationId" AND o."slug" = a.slug)`,
    issuers: `SELECT a.n, f.* FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS a(iss, slug, project, n)
      CROSS JOIN LATERAL (SELECT ${selectedTrust} FROM ${table('Trust')} t ${joinFreeze(table)}
        WHERE t."soleIssuer" = a.iss AND t."enabled"
        AND (a.slug IS NULL OR EXISTS (
          SELECT 1 FROM ${table('Organization')} o WHERE o."id" = t."organizationId" AND o."slug" = a.slug))
        AND (a.project IS NULL OR EXISTS (
          SELECT 1 FROM ${table('Project')} p WHERE p."id" = t."projectId" AND p."label" = a.project))
        LIMIT 2) f`,
    accessTokens: selectToken(table, 'ANY ($1)'),
    keep: keep('answered AS MATERIALIZED (SELECT n, NULL::text AS "countedInto" FROM kept)'),
    keepCounted: keep(counting),
  }

  function keep(answered: string) {
    // Identities are locked before trusts are looked at, so that a request that changes an identity's role either has done so, or waits
    // and then ends this token. A locked trust is read as it is now: no token is issued by one that was changed.
    return `WITH input AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS i(${input})),
      identities AS MATERIALIZED (
        SELECT "id" FROM ${table('Identity')}
        WHERE "id" IN (SELECT "t_identityId" FROM input WHERE issued) AND NOT "isCanary"
        ORDER BY "id" FOR NO KEY UPDATE),
      trusts AS MATERIALIZED (
        SELECT "id", "version" FROM ${table('Trust')} t
        WHERE ${isNotFrozen(table, 't."id"')} AND "id" IN (SELECT "t_trustId" FROM input WHERE issued) AND (SELECT count(*) FROM identities) >= 0
        ORDER BY "id" FOR SHARE),
      kept AS MATERIALIZED (
        SELECT * FROM input i WHERE NOT issued OR (
          EXISTS (SELECT 1 FROM trusts t WHERE t."id" = i."t_trustId" AND t."version" = i."version")
          AND (i."t_identityId" IS NULL OR EXISTS (SELECT 1 FROM identities d WHERE d."id" = i."t_identityId")))),
      used AS (
        UPDATE ${table('Identity')} d
        SET "lastLoginMethod" = k."t_method", "lastLoginAt" = k."d_at", "updatedAt" = k."d_at"
        FROM (SELECT DISTINCT ON ("t_identityId") * FROM kept WHERE issued ORDER BY "t_identityId", n DESC) k
        WHERE d."id" = k."t_identityId"),
      tokens AS (
        INSERT INTO ${table('AccessToken')} (${names(accessTokenColumns)})
        SELECT ${picked('t_', accessTokenColumns)} FROM kept k WHERE issued),
      ${answered},
      decisions AS (
        INSERT INTO ${table('Decision')} (${names(decisionColumns)})
        SELECT ${picked('d_', decisionColumns)} FROM kept k JOIN answered a ON a.n = k.n AND a."countedInto" IS NULL),
      unsealed AS (
        INSERT INTO ${table('UnsealedRecord')} (${names(unsealedColumns)})
        SELECT ${picked('u_', unsealedColumns)} FROM kept k JOIN answered a ON a.n = k.n AND a."countedInto" IS NULL),
      notes AS (
        INSERT INTO ${table('UncountedDecision')} ("id", "organizationId", "day", "method", "accepted", "reason", "count")
        SELECT min("d_id"), "g_organizationId", "g_day", "d_method", "d_accepted", "g_reason", sum(times)::int FROM kept
        GROUP BY "g_organizationId", "g_day", "d_method", "d_accepted", "g_reason")
      SELECT i.n, CASE WHEN a.n IS NULL THEN 'changed' ELSE 'kept' END AS state, a."countedInto"
      FROM input i LEFT JOIN answered a ON a.n = i.n`
  }
}
