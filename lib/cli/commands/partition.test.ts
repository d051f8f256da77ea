import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { runKeybound } from '@/e2e/fixtures/terminal'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-partition-'))
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})
const settings = (DATABASE_URL: string) => {
  perProcess('env').value = parseEnv({ DATABASE_URL, KEYBOUND_SECRET: 'a secret for tests, known to all' }, folder)
}

test('decisions are partitioned once; a second run says so', async () => {
  const { url, stop } = await migratedDatabase('postgresql', folder)
  stops.push(stop)
  settings(url)
  const plan = await runKeybound(['partition', '--by', 'day', '--status'])
  expect([plan.code, plan.out]).toEqual([0, expect.stringMatching(/^Decisions are not partitioned: about 0 rows/)])
  const { code, out, err } = await runKeybound(['partition', '--by', 'day'])
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Decisions are in 9 partitions, by day\. New: Decision_\d{8}, /),
  ])
  expect(err).toMatch(
    /^Building an index .*\nReading all decisions once, .*\nChanging the table\.\nGathering statistics\.\nA statement that looks into \d\d partitions takes 7\d\d locks: set max_locks_per_transaction of PostgreSQL, which is 64,/,
  )
  expect((await runKeybound(['partition'])).out).toBe(
    'Decisions have been partitioned before, by day. No partition is missing.',
  )
  expect((await runKeybound(['partition', '--by=month'])).out).toContain('The period stays: day, not month.')
  expect((await runKeybound(['partition', '--status'])).out).toMatch(
    /^Decisions are partitioned by day:\n {2}Decision_until_\d{8}: the beginning to 20.*\n {2}Decision_default: all other times, about 0 rows/s,
  )
})

test('SQLite and a period that is none are refused', async () => {
  settings(`file:${path.join(folder, 'keybound.db')}`)
  for (const more of [[], ['--status']]) {
    expect(await runKeybound(['partition', ...more])).toMatchObject({
      ...{ code: 1, err: 'SQLite has no partitions; DATABASE_URL must name a PostgreSQL server (docs/scaling.md).' },
    })
  }
  expect(await runKeybound(['partition', '--by', 'year'])).toMatchObject({
    code: 2,
    err: '--by takes day, week or month.',
  })
})
