import { LRUCache } from 'lru-cache'
import { AggregatorRegistry, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '@/lib/db/client'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import { perProcess } from '@/lib/per-process'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { type RemovedKind, removedKinds } from '../retention/remove-expired'

/**
 * What this process counts, for Prometheus. No label holds a path, a token or anything a caller chose, and there is an end to
 * the sources that have series of their own.
 */
export function metrics(): Metrics {
  // Next bundles this file more than once; the process has one set of numbers.
  held.value ??= make()
  return held.value
}

/** A login is over, refused or not. `reason` is a stable code, '' when accepted. */
export function countLogin(login: {
  method: string
  result: 'accepted' | 'refused' | 'error'
  reason: string
  seconds: number
}) {
  const { method, result, reason, seconds } = login
  metrics().logins.inc({ method, result, reason })
  metrics().loginSeconds.observe({ method, result }, seconds)
}

/** The engine has judged a token; the time includes a fetch of keys, if there was one. */
export const countVerification = (seconds: number) => metrics().verificationSeconds.observe(seconds)

/** Records were removed because they had been kept long enough. */
export const countRemoved = (kind: RemovedKind, count: number) => metrics().recordsRemoved.inc({ kind }, count)

/** How far the replica that lists are read from is behind; null while it is lost. */
export function setReplicaLag(seconds: number | null) {
  const { registry, replicaUp, replicaLag } = metrics()
  // Not there at all where there is no replica.
  if (!registry.getSingleMetric('keybound_replica_up')) {
    registry.registerMetric(replicaUp)
    registry.registerMetric(replicaLag)
  }
  replicaUp.set(seconds === null ? 0 : 1)
  replicaLag.set(seconds ?? Number.NaN)
}

export function countKeyFetch(source: RemoteKeySource, { keySet, latencyMs }: FetchedKeys) {
  const id = keySourceId(source)
  const labels = labelsOf(id, source.url)
  const result = keySet.status === 'ok' ? 'ok' : keySet.reason
  const series = fetched.get(id) ?? { labels, results: new Set<string>() }
  series.results.add(result)
  fetched.set(id, series)
  metrics().keyFetches.inc({ ...labels, result })
  metrics().keyFetchSeconds.observe(labels, latencyMs / 1000)
}

/** Sources that have series. Looking at keys in a form is a fetch too, and members choose what they look at. */
const sourcesMax = 500

/** The sources fetched last, with the results they have had; the series of the others end. */
const fetched = new LRUCache<string, { labels: SourceLabels; results: Set<string> }>({
  max: sourcesMax,
  dispose({ labels, results }, _id, reason) {
    if (reason !== 'evict') return
    for (const result of results) metrics().keyFetches.remove({ ...labels, result })
    metrics().keyFetchSeconds.remove(labels)
  },
})

/** Everything in Prometheus' text format; the ages of key sets are read from the database as they are now. */
export async function metricsText(db: Db, now: Date): Promise<{ type: string; text: string }> {
  const { registry, keySetAge, keySourceUp } = metrics()
  const states = await db.keySourceState.findMany({
    select: { id: true, url: true, keysFetchedAt: true, failingSince: true },
    orderBy: { id: 'asc' },
    take: sourcesMax,
  })
  keySetAge.reset()
  keySourceUp.reset()
  for (const { id, url, keysFetchedAt, failingSince } of states) {
    if (keysFetchedAt) keySetAge.set(labelsOf(id, url), Math.max(0, (now.getTime() - keysFetchedAt.getTime()) / 1000))
    keySourceUp.set(labelsOf(id, url), failingSince ? 0 : 1)
  }
  const others = await sharing.gather?.()
  const text = others
    ? await AggregatorRegistry.aggregate([await registry.getMetricsAsJSON(), ...others]).metrics()
    : await registry.metrics()
  // Another worker may be asked next, whose sum would count what this one knew once more.
  keySetAge.reset()
  keySourceUp.reset()
  return { type: registry.contentType, text }
}

/** Numbers of a process, as prom-client merges them. */
type Numbers = object[]

const sharing: { gather?: () => Promise<Numbers[]> } = {}

/** Adds the numbers of the other processes of the installation to the metrics. */
export function shareNumbers(gather: () => Promise<Numbers[]>): void {
  sharing.gather = gather
}

/** Everything that this process counts, for another one that is asked for the metrics of all. */
export const numbersOfProcess = (): Promise<Numbers> => metrics().registry.getMetricsAsJSON()

type Metrics = ReturnType<typeof make>

const held = perProcess<Metrics>('metrics')

type SourceLabels = ReturnType<typeof labelsOf>

/** The id as the dashboard's address has it, cut short; the host for people. */
const labelsOf = (id: string, url: string) => ({
  source: id.slice(0, 12),
  host: URL.canParse(url) ? new URL(url).host : '',
})

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function make() {
  const registry = new Registry()
  const registers = [registry]
  const source = ['source', 'host'] as const
  const recordsRemoved = new Counter({
    name: 'keybound_records_removed_total',
    help: 'Records removed because they had been kept for their period, by kind; those of dropped partitions are estimated.',
    labelNames: ['kind'] as const,
    registers,
  })
  // Zero from the start, so that a rate can be taken of the first removal.
  for (const kind of removedKinds) recordsRemoved.inc({ kind }, 0)
  return {
    registry,
    recordsRemoved,
    logins: new Counter({
      name: 'keybound_logins_total',
      help: 'Logins by method, result and reason.',
      labelNames: ['method', 'result', 'reason'] as const,
      registers,
    }),
    loginSeconds: new Histogram({
      name: 'keybound_login_duration_seconds',
      help: 'Whole logins, from the parsed request to the recorded decision.',
      labelNames: ['method', 'result'] as const,
      buckets: seconds,
      registers,
    }),
    verificationSeconds: new Histogram({
      name: 'keybound_verification_duration_seconds',
      help: 'Judging a token, fetching keys included.',
      buckets: seconds,
      registers,
    }),
    keyFetches: new Counter({
      name: 'keybound_key_fetches_total',
      help: 'Fetches of key sets by source and result.',
      labelNames: [...source, 'result'] as const,
      registers,
    }),
    keyFetchSeconds: new Histogram({
      name: 'keybound_key_fetch_duration_seconds',
      help: 'Fetches of key sets by source.',
      labelNames: source,
      buckets: seconds,
      registers,
    }),
    // Each worker measures the one replica, so those of all are not added up.
    replicaUp: new Gauge({
      name: 'keybound_replica_up',
      help: '1 while lists can be read from the replica of the database, 0 while it is lost.',
      aggregator: 'min',
      registers: [],
    }),
    replicaLag: new Gauge({
      name: 'keybound_replica_lag_seconds',
      help: 'How far the replica of the database is behind.',
      aggregator: 'max',
      registers: [],
    }),
    keySetAge: new Gauge({
      name: 'keybound_key_set_age_seconds',
      help: 'Age of the newest good key set of a source.',
      labelNames: source,
      registers,
    }),
    keySourceUp: new Gauge({
      name: 'keybound_key_source_up',
      help: '1 while the last fetch of a source was good, 0 while it fails.',
      labelNames: source,
      registers,
    }),
  }
}
