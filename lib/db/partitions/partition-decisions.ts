import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { connectPostgresql, schemaOf } from '../backup/postgresql-client'
import { DatabaseError } from '../database-error'
import { codesOf, messageOf } from '../failure-codes'
import {
  decisionTable,
  inSchema,
  type Partition,
  type Partitioning,
  periodOfPartitions,
  readPartitioning,
} from './catalogue'
import { isForbidden, isHeldUp, isOccupied } from './decision-partitions'
import { lockAdvice, usualCount } from './lock-advice'
import { missingPeriods } from './missing-periods'
import { firstBoundary, type PartitionPeriod, periodsAhead } from './periods'
import {
  addCheck,
  boundaryOf,
  convert,
  dropCheck,
  formerName,
  keyIndex,
  makePartition,
  partitionName,
  shortly,
  validateCheck,
} from './statements'
import { readTable, requireConvertible, requirePartitions, type TableFacts } from './table-facts'

export type Partitioned = {
  /** Whether it was partitioned before. */
  wasPartitioned: boolean
  period: PartitionPeriod
  /** Names of the partitions made just now, without what was there. */
  made: string[]
  partitions: Partition[]
  /** What to set on the server; null where nothing is. */
  advice: string | null
}

type Options = {
  period: PartitionPeriod
  /** Progress, as sentences. */
  say: (sentence: string) => void
  /** How often a lock is asked for. */
  tries?: number
  pauseMs?: number
}

/**
 * Partitions the table of decisions by time, beside servers that run on it; where it is partitioned, makes the partitions that are missing. What
 * takes long (an index, and reading all rows once) lets logins go on; the rest changes the catalogue in one transaction.
 * @throws DatabaseError when the database cannot be reached or has no partitions, or the table cannot be partitioned; nothing is changed then
 */
export async function partitionDecisions(databaseUrl: string, options: Options): Promise<Partitioned> {
  return onServer(databaseUrl, async (client, schema) => {
    const before = await readPartitioning(client, schema)
    const made = before
      ? await makeMissing(client, schema, before, options)
      : await convertTable(client, schema, options)
    const after = await readPartitioning(client, schema)
    if (!after) throw new DatabaseError('The table of decisions was changed by another process meanwhile; try again.')
    const { partitions, now } = after
    const period = periodOfPartitions(partitions)
    const advice = await lockAdvice(client, schema, Math.max(usualCount(period, now), partitions.length))
    return { wasPartitioned: before !== null, period, made, partitions, advice }
  })
}

/** Connects to a server that has partitions. @throws DatabaseError */
export async function onServer<Result>(
  databaseUrl: string,
  act: (client: pg.Client, schema: string) => Promise<Result>,
): Promise<Result> {
  if (databaseUrl.startsWith('file:')) {
    throw new DatabaseError('SQLite has no partitions; DATABASE_URL must name a PostgreSQL server (docs/scaling.md).')
  }
  const client = await connectPostgresql(databaseUrl, 'keybound-partition')
  try {
    await requirePartitions(client)
    return await act(client, schemaOf(databaseUrl))
  } catch (cause) {
    if (!isForbidden(cause) && !codesOf(cause).includes('0A000')) throw cause
    throw new DatabaseError(
      isForbidden(cause)
        ? `The user of DATABASE_URL may not do this (${messageOf(cause)}); name the owner of the tables, or a superuser.`
        : `This server does not support what partitions need (${messageOf(cause)}).`,
      { cause },
    )
  } finally {
    await client.end().catch(() => {})
  }
}

async function makeMissing(
  client: pg.Client,
  schema: string,
  found: Partitioning,
  options: Options,
): Promise<string[]> {
  const { owner } = await readTable(client, schema)
  const made: string[] = []
  for (const range of missingPeriods(found)) {
    const statements = [`SET LOCAL ROLE ${client.escapeIdentifier(owner)}`, makePartition(schema, range)]
    try {
      await whenFree(client, statements, options)
      made.push(partitionName(range))
    } catch (error) {
      if (!isOccupied(error)) throw error
      options.say(
        `Decisions from ${range.from.toISOString()} on are in the default partition, because none was made in time.`,
      )
    }
  }
  return made
}

async function convertTable(client: pg.Client, schema: string, options: Options): Promise<string[]> {
  const { period, say } = options
  const facts = await readTable(client, schema)
  requireConvertible(facts)
  const boundary = firstBoundary(period, facts.now)
  say('Building an index of id and time; logins go on.')
  await buildKeyIndex(client, schema, facts)
  const forgotten = facts.checks.filter((name) => boundaryOf(name) !== null).map((name) => dropCheck(schema, name))
  await whenFree(client, [...forgotten, addCheck(schema, boundary)], options)
  const ahead = periodsAhead(period, boundary)
  try {
    say(`Reading all decisions once, to know that none is from ${boundary.toISOString()} or later; logins go on.`)
    await client.query(
      `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; ${validateCheck(schema, boundary)}; COMMIT`,
    )
    say('Changing the table.')
    const { primaryKey, indexes, grants, owner } = facts
    await whenFree(client, convert({ schema, owner, primaryKey, indexes, grants, boundary, ahead }), options)
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {})
    // After the boundary it would refuse logins.
    await whenFree(client, [dropCheck(schema, formerName(boundary))], options)
    if (!isOccupied(cause)) throw cause
    throw new DatabaseError(
      `The table has decisions of ${boundary.toISOString()} or later, written by a server whose clock was wrong; delete them, or try again after that time.`,
      { cause },
    )
  }
  say('Gathering statistics.')
  await client.query(`ANALYZE ${decisionTable(schema)}`)
  return ahead.map(partitionName)
}

/** Beside logins; one that an earlier run began and did not end is built anew. */
async function buildKeyIndex(client: pg.Client, schema: string, { keyIndexIsValid }: TableFacts): Promise<void> {
  if (keyIndexIsValid) return
  await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${inSchema(schema, keyIndex)}`)
  const columns = `${decisionTable(schema)} ("id", "at")`
  await client.query(`CREATE UNIQUE INDEX CONCURRENTLY ${client.escapeIdentifier(keyIndex)} ON ${columns}`)
}

const usualTries = 60
const usualPauseMs = 500

/** Runs statements in one transaction as soon as their locks are to be had: logins wait behind each try for some milliseconds. */
async function whenFree(client: pg.Client, statements: string[], options: Options): Promise<void> {
  const { tries = usualTries, pauseMs = usualPauseMs } = options
  for (let time = 1; ; time++) {
    try {
      await client.query(shortly(...statements))
      return
    } catch (cause) {
      await client.query('ROLLBACK')
      if (!isHeldUp(cause)) throw cause
      if (time >= tries) {
        throw new DatabaseError(
          'Another transaction, such as a backup, holds the table of decisions; try again when it has ended.',
          { cause },
        )
      }
      await sleep(pauseMs)
    }
  }
}
