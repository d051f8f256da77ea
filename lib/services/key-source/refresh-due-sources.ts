import type { Db } from '@/lib/db/client'
import { cacheSecondsMax } from '@/lib/net/cache-lifetime'
import { latestNow } from '@/lib/net/clock'
import type { KeyCache } from '@/lib/net/key-cache'
import type { NamedSource } from './sources-in-use'
import { toSource } from './stored-sources'

type Deps = {
  db: Db
  keys: Pick<KeyCache, 'refresh'>
  now: Date
  isStopped?: () => boolean
  /** Milliseconds that only grow. */
  monotonic?: () => number
  onError?: (error: unknown) => void
}

const atOnce = 4
/** What a round may take, so that the lease outlasts it; what is left over is due in the next round. */
const roundSeconds = { healthy: 60, failing: 20 }

/**
 * Fetches every source of an enabled trust whose keys are about to become old, or that was never fetched. Answers how many were due,
 * up to a thousand of each kind: those are read by when they are due, whatever number of trusts there is.
 * Sources that fail are asked beside the others, the longest waiting first, so that no outage delays a healthy source.
 */
export async function refreshDueSources({
  db,
  keys,
  now,
  isStopped = () => false,
  monotonic = () => performance.now(),
  onError = () => {},
}: Deps): Promise<number> {
  const due = await dueSources(db, now)
  const began = monotonic()
  const work = async (queue: NamedSource[], seconds: number) => {
    while (!isStopped() && monotonic() - began < seconds * 1000) {
      const next = queue.shift()
      if (!next) return
      // One source's trouble is its own.
      await keys.refresh(next.source).catch(onError)
    }
  }
  const workers = (queue: NamedSource[], seconds: number) =>
    Array.from({ length: Math.min(atOnce, queue.length) }, () => work(queue, seconds))
  await Promise.all([
    ...workers([...due.healthy], roundSeconds.healthy),
    ...workers([...due.failing], roundSeconds.failing),
  ])
  return due.healthy.length + due.failing.length
}

/** Due sources that are read for one round; a round fetches far fewer, those that wait longest first. */
const dueMax = 1_000

async function dueSources(db: Db, now: Date): Promise<{ healthy: NamedSource[]; failing: NamedSource[] }> {
  const overdue = (isFailing: boolean) =>
    db.namedKeySource.findMany({
      where: { isFailing, dueAt: { lte: now } },
      orderBy: { dueAt: 'asc' },
      take: dueMax,
    })
  const [healthy, failing, misdated] = await Promise.all([overdue(false), overdue(true), misdatedSources(db, now)])
  const failingIds = new Set(failing.map(({ sourceId }) => sourceId))
  return {
    healthy: distinct([...healthy, ...misdated].filter(({ sourceId }) => !failingIds.has(sourceId))),
    failing: distinct(failing),
  }
}

/** Sources whose rows were written by a clock that was wrong: nothing is known of the age of their keys. */
async function misdatedSources(db: Db, now: Date): Promise<NamedKeySource[]> {
  const attempted = await db.namedKeySource.findMany({
    where: { attemptedAt: { gt: latestNow(now.getTime()) }, dueAt: { not: null } },
    orderBy: { attemptedAt: 'asc' },
    take: dueMax,
  })
  const due = await db.namedKeySource.findMany({
    where: { isFailing: false, dueAt: { gt: latestNow(now.getTime() + cacheSecondsMax * 1000) } },
    orderBy: { dueAt: 'asc' },
    take: dueMax,
  })
  return [...attempted, ...due]
}

type NamedKeySource = Awaited<ReturnType<Db['namedKeySource']['findMany']>>[number]

/** Each source once, though several organizations may name it. */
const distinct = (rows: readonly NamedKeySource[]): NamedSource[] => [
  ...new Map(rows.map((row) => [row.sourceId, { id: row.sourceId, source: toSource(row) }])).values(),
]
