import { failuresOf, type Generator, type Load, latencyMs, type Measured, requestsPerSecond } from './load'
import type { Subject } from './peers'
import { usedBy } from './processes'
import { median } from './statistics'

/** What is measured: requests to one server, in turns with the same number of connections to the bare server. */
export type Case = {
  group: string
  name: string
  subject: Subject
  connections: number
  load: Omit<Load, 'origins' | 'connections' | 'ms'>
  /** Compares what was stored with how many requests succeeded; returns what is wrong. */
  audit?: () => Promise<(succeeded: number) => Promise<string | null>>
}

export type Row = {
  group: string
  subject: string
  name: string
  connections: number
  requests: number
  /** Of an answer's body. */
  bytes: number
  requestsPerSecond: number
  p50Ms: number
  p99Ms: number
  /** CPU of a request, in milliseconds; null where it cannot be read. */
  serverCpuMs: number | null
  databaseCpuMs: number | null
  rssBytes: number | null
  errors: number
  /** What went wrong first, or does not add up. */
  problem: string | null
  /** Requests per second as a share of the bare server's, in the windows before and after; null where none was measured. */
  ratio: number | null
  bareRequestsPerSecond: number | null
  bareCpuMs: number | null
}

export type Timing = { windowMs: number; bareMs: number; rounds: number; warmUpMs: number }

/** A server with the load that it is compared by. */
export type Bare = { subject: Subject; load: Case['load'] }

/** Measures bare, case, bare, case, …, bare. Ratios are medians over the rounds; latencies are of all windows together. */
export async function measure(generator: Generator, timing: Timing, bare: Bare | null, one: Case): Promise<Row> {
  const { subject, connections } = one
  const window = ({ subject, load }: Bare, ms: number) =>
    inWindow(subject, () => generator.run({ ...load, origins: subject.origins, connections, ms }))
  const checked = await one.audit?.()
  const warmUps: Window[] = []
  if (timing.warmUpMs > 0) warmUps.push(await window(one, timing.warmUpMs))
  const bares: Window[] = bare ? [await window(bare, timing.bareMs)] : []
  const windows: Window[] = []
  for (let round = 0; round < timing.rounds; round++) {
    windows.push(await window(one, timing.windowMs))
    if (bare) bares.push(await window(bare, timing.bareMs))
  }
  const all = [...warmUps, ...windows]
  const errors = sum(all.map(({ measured }) => failuresOf(measured)))
  const requests = sum(windows.map(({ measured }) => measured.latenciesMs.length))
  const succeeded = sum(all.map(({ measured }) => measured.latenciesMs.length)) - errors
  const measured = windows.map((window) => window.measured)
  const first = all.find(({ measured }) => measured.firstFailure)?.measured.firstFailure
  const rates = windows.map(({ measured }) => requestsPerSecond(measured))
  const bareRates = bares.map(({ measured }) => requestsPerSecond(measured))
  return {
    ...{ group: one.group, subject: subject.name, name: one.name, connections, requests, errors },
    bytes: Math.round(sum(measured.map(({ bytes }) => bytes)) / requests),
    requestsPerSecond: median(rates),
    p50Ms: latencyMs(measured, 0.5),
    p99Ms: latencyMs(measured, 0.99),
    serverCpuMs: perRequest(windows, ({ serverCpuMs }) => serverCpuMs),
    databaseCpuMs: subject.databasePid === null ? null : perRequest(windows, ({ databaseCpuMs }) => databaseCpuMs),
    rssBytes: windows.at(-1)?.rssBytes ?? null,
    problem: first ?? (await checked?.(succeeded)) ?? null,
    ratio: bare ? median(ratios(rates, bareRates)) : null,
    bareRequestsPerSecond: bare ? median(bareRates) : null,
    bareCpuMs: bare ? perRequest(bares, ({ serverCpuMs }) => serverCpuMs) : null,
  }
}

/** Each rate as a share of the mean of the bare rates before and after it; there is one more of those. */
export const ratios = (rates: readonly number[], bareRates: readonly number[]) =>
  rates.map((rate, at) => (2 * rate) / ((bareRates[at] ?? Number.NaN) + (bareRates[at + 1] ?? Number.NaN)))

type Window = {
  measured: Measured
  serverCpuMs: number | null
  databaseCpuMs: number | null
  rssBytes: number | null
}

async function inWindow({ pids, databasePid }: Subject, run: () => Promise<Measured>): Promise<Window> {
  const used = () => ({ server: pids.map(usedBy), database: databasePid === null ? null : usedBy(databasePid) })
  const before = used()
  const measured = await run()
  const after = used()
  return {
    measured,
    serverCpuMs: difference(cpuOf(after.server), cpuOf(before.server)),
    databaseCpuMs: difference(cpuOf([after.database]), cpuOf([before.database])),
    rssBytes: total(after.server.map((one) => one?.rssBytes ?? null)),
  }
}

const cpuOf = (all: readonly ReturnType<typeof usedBy>[]) => total(all.map((one) => one?.cpuMs ?? null))
const difference = (after: number | null, before: number | null) =>
  after === null || before === null ? null : after - before
const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)
const total = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((all, value) => (all === null || value === null ? null : all + value), 0)

function perRequest(windows: readonly Window[], cpuMs: (window: Window) => number | null): number | null {
  const all = total(windows.map(cpuMs))
  return all === null ? null : all / sum(windows.map(({ measured }) => measured.latenciesMs.length))
}
