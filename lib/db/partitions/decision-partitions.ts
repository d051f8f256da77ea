import type pg from 'pg'
import { z } from 'zod'
import { codesOf } from '../failure-codes'
import { databaseMs, decisionTable, inSchema, type Partitioning, readPartitioning } from './catalogue'
import type { BoundedRange } from './periods'
import { boundaryOf, dropCheck, dropPartition, makePartition, shortly } from './statements'

/** The partitions of the table of decisions, which PostgreSQL has where an operator wanted them (`npx keybound partition`). */
export type DecisionPartitions = {
  /** Null where the table has none. */
  read(): Promise<Partitioning | null>
  /** Makes one. Fails where rows of its times are in the default partition (`isOccupied`), or the lock is not to be had (`isHeldUp`). */
  make(range: BoundedRange): Promise<void>
  /** Removes one with all its rows. Fails where the lock is not to be had (`isHeldUp`). */
  drop(name: string): Promise<void>
  /** About how many rows a partition has, as the planner expects. */
  estimate(name: string): Promise<{ accepted: number; refused: number }>
  /** Removes the check that an interrupted conversion has left, before a row breaks it. */
  dropForgottenCheck(): Promise<void>
}

/** lock_not_available, query_canceled by its timeout, deadlock_detected: it can be tried again. */
export const isHeldUp = (error: unknown) =>
  codesOf(error).some((code) => ['55P03', '57014', '40P01', '40001'].includes(code))
/** check_violation: the default partition has rows of these times. */
export const isOccupied = (error: unknown) => codesOf(error).includes('23514')
/** insufficient_privilege. */
export const isForbidden = (error: unknown) => codesOf(error).includes('42501')

/** A login that came at the last moment before a boundary is written by then. */
const forgottenMs = 86_400_000

/** @param open the pool, opened when it is needed */
export function postgresqlPartitions(open: () => pg.Pool, schema: string): DecisionPartitions {
  return {
    read: () => readPartitioning(open(), schema),
    make: (range) => inOneTransaction(open(), shortly(makePartition(schema, range))),
    drop: (name) => inOneTransaction(open(), shortly(dropPartition(schema, name))),
    async estimate(name) {
      const [accepted, refused] = [await expected('"accepted"'), await expected('NOT "accepted"')]
      return { accepted, refused }
      async function expected(condition: string) {
        const { rows } = await open().query(
          `EXPLAIN (FORMAT JSON) SELECT 1 FROM ${inSchema(schema, name)} WHERE ${condition}`,
        )
        return Plans.parse(rows)[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
      }
    },
    async dropForgottenCheck() {
      const { rows } = await open().query<{ name: string; now: string }>(
        `SELECT conname AS name, ${databaseMs} AS now FROM pg_constraint
         WHERE conrelid = to_regclass($1) AND contype = 'c' AND conname LIKE 'Decision\\_until\\_%'`,
        [decisionTable(schema)],
      )
      for (const { name, now } of rows) {
        const boundary = boundaryOf(name)
        if (boundary === null || boundary.getTime() - Number(now) > forgottenMs) continue
        await inOneTransaction(open(), shortly(dropCheck(schema, name)))
      }
    },
  }
}

const Plans = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })) }))

/** @param statements with their BEGIN and COMMIT: one message, so that no time passes between them */
export async function inOneTransaction(pool: pg.Pool, statements: string): Promise<void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query(statements)
  } catch (error) {
    // A connection that cannot roll back is not used again.
    failure = await client.query('ROLLBACK').then(
      () => undefined,
      (lost) => (lost instanceof Error ? lost : new Error(String(lost))),
    )
    throw error
  } finally {
    client.release(failure)
  }
}
