import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { engine } from './groups/engine'
import { lists } from './groups/lists'
import { login } from './groups/login'
import { pages } from './groups/pages'
import { refused } from './groups/refused'
import { start } from './groups/start'
import { tokens } from './groups/tokens'
import { type Generator, startGenerator } from './load'
import { type Bare, type Case, measure, type Row, type Timing } from './measure'
import { type GroupName, readOptions, WrongOptions } from './options'
import { type Peer, startBareServer } from './peers'
import { startDurablePostgresql } from './postgresql'
import { writeReport } from './report/write-report'
import { figureLine, tableHead, tableLine } from './table'
import { type TokenPool, tokenPool, workflowClaims } from './tokens'

/** What a group measures with. */
export type Bench = {
  isQuick: boolean
  timing: Timing
  generator: Generator
  /** Tokens of workflows, as most logins present them. */
  pool: TokenPool
  postgresqlPid: number | null
  bareServer: Peer
  /** Measures a case beside the bare server (or alone) and keeps the row. */
  measure(one: Case, options?: { alone?: boolean; timing?: Timing }): Promise<Row>
  /** Keeps a figure that is no rate of requests. */
  note(figure: Figure): void
}

export type Figure = { group: GroupName; name: string; value: number; unit: 'ms' | 'MB' | 'KB' }

/** What a run measured, as its JSON file has it. */
export type Run = {
  at: string
  size: 'quick' | 'full'
  machine: { node: string; cpu: string; cores: number }
  load: { before: number[]; after: number[] }
  seconds: number
  /** How many tokens took turns. */
  tokens: number
  rows: Row[]
  figures: Figure[]
  /** Groups that ended with an error. */
  failed: { group: GroupName; error: string }[]
}

const timings: Record<'quick' | 'full', Timing> = {
  quick: { windowMs: 500, bareMs: 350, rounds: 2, warmUpMs: 300 },
  full: { windowMs: 2_000, bareMs: 1_000, rounds: 5, warmUpMs: 1_500 },
}
const poolSizes = { quick: 12_000, full: 60_000 }

const groups: Record<GroupName, (bench: Bench) => Promise<void>> = {
  ...{ login, refused, tokens, lists, engine, start, pages },
}

/** Runs the groups that the arguments name. Returns the exit code: 1 if anything failed. */
export async function bench(args: string[]): Promise<number> {
  try {
    const options = readOptions(args)
    if (options.from.length > 0) {
      writeReport(options.from.map((file): Run => JSON.parse(readFileSync(file, 'utf8'))))
      return 0
    }
    const result = await run(options.isQuick, options.groups)
    if (options.isReported) writeReport([result])
    const isGood = result.failed.length === 0 && result.rows.every(({ errors, problem }) => errors === 0 && !problem)
    return isGood ? 0 : 1
  } catch (error) {
    console.error(error instanceof WrongOptions ? error.message : error)
    return 1
  }
}

async function run(isQuick: boolean, wanted: GroupName[]): Promise<Run> {
  const startedMs = performance.now()
  const size = isQuick ? 'quick' : 'full'
  const pool = await tokenPool('workflows', poolSizes[size], workflowClaims)
  const result: Run = {
    ...{ at: new Date().toISOString(), size, machine: machine(), load: { before: loadavg(), after: [] }, seconds: 0 },
    ...{ tokens: pool.tokens.length, rows: [], figures: [], failed: [] },
  }
  const file = `.cache/bench/${result.at.replaceAll(':', '-').slice(0, 19)}.json`
  const write = () => {
    result.load.after = loadavg()
    result.seconds = Math.round((performance.now() - startedMs) / 1000)
    writeFileSync(file, JSON.stringify(result, null, 2))
  }
  const { node, cpu, cores } = result.machine
  console.log(`${node}, ${cores} × ${cpu}; load average ${averages(result.load.before)}`)

  const generator = startGenerator()
  generator.pool('workflows', pool.tokens)
  const stops: (() => Promise<void>)[] = [generator.stop]
  try {
    const bareServer = await startBareServer(pool)
    stops.push(bareServer.stop)
    const postgresql = await startDurablePostgresql()
    stops.push(postgresql.stop)
    const bare = { subject: bareServer, load: bareLoad }
    await generator.run({ ...bareLoad, origins: bareServer.origins, connections: 10, ms: isQuick ? 500 : 3_000 })
    console.log(tableHead())
    for (const group of wanted) {
      const running = groups[group]({
        ...{ isQuick, timing: timings[size], generator, pool, postgresqlPid: postgresql.pid, bareServer },
        async measure(one, { alone = false, timing = timings[size] } = {}) {
          const row = await measure(generator, timing, alone ? null : bare, one)
          result.rows.push(row)
          console.log(tableLine(row))
          return row
        },
        note(figure) {
          result.figures.push(figure)
          console.log(figureLine(figure))
        },
      })
      // What was measured so far is kept, whatever happens to the rest.
      await running.catch((error: unknown) => {
        console.error(error)
        result.failed.push({ group, error: String(error) })
      })
      write()
    }
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
  console.log(`${result.seconds} s; load average ${averages(result.load.after)}; written to ${file}`)
  return result
}

function machine(): Run['machine'] {
  return { node: process.version, cpu: cpus()[0]?.model.trim() ?? '', cores: cpus().length }
}

const bareLoad: Bare['load'] = {
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/json' },
  body: { before: ['{"identityId":"6b1f7c0e-0000-4000-8000-000000000000","jwt":"'], pool: 'workflows', after: '"}' },
  sequence: 'bare',
  expected: 200,
}

const averages = (all: number[]) => all.map((value) => value.toFixed(1)).join(' ')
