import type { Db } from '@/lib/db/client'
import { cacheSecondsMax } from '@/lib/net/cache-lifetime'
import { isFuture } from '@/lib/net/clock'
import type { KeyCache } from '@/lib/net/key-cache'
import { type NamedSource, namedSources } from './sources-in-use'

type Deps = {
  db: Db
  keys: Pick<KeyCache, 'refresh'>
  now: Date
  isStopped?: () => boolean
  /** Milliseconds that only grow. */
  monotonic?: () => number
  onError?: (error: unknown) => void
}

/** How long before its set becomes old a source is fetched again: two rounds of the background work. */
const aheadSeconds = 60
/** Never more often than this, whatever a source says of its age. */
const pauseSeconds = 45
const atOnce = 4
/** What a round may take, so that the lease outlasts it; what is left over is due in the next round. */
const roundSeconds = { healthy: 60, failing: 20 }

/**
 * Fetches every source in use whose keys are about to become old, or that was never fetched. Answers how many were due.
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

async function dueSources(db: Db, now: Date): Promise<{ healthy: NamedSource[]; failing: NamedSource[] }> {
  const sources = await namedSources(db, { enabled: true })
  const states = await db.keySourceState.findMany({
    select: { id: true, lastAttemptAt: true, failingSince: true, freshUntil: true },
  })
  const stateOf = new Map(states.map((state) => [state.id, state]))
  const isFailing = ({ id }: NamedSource) => stateOf.get(id)?.failingSince != null
  const attemptedAt = ({ id }: NamedSource) => stateOf.get(id)?.lastAttemptAt.getTime() ?? 0
  const due = sources
    .filter(({ id }) => isDue(stateOf.get(id), now.getTime()))
    .sort((one, other) => attemptedAt(one) - attemptedAt(other))
  return { healthy: due.filter((source) => !isFailing(source)), failing: due.filter(isFailing) }
}

type State = { lastAttemptAt: Date; failingSince: Date | null; freshUntil: Date | null }

function isDue(state: State | undefined, now: number): boolean {
  if (!state) return true
  const attemptedAt = state.lastAttemptAt.getTime()
  // Written by a clock that was wrong: nothing is known of its age.
  if (isFuture(attemptedAt, now)) return true
  if (now - attemptedAt < pauseSeconds * 1000) return false
  if (state.failingSince || !state.freshUntil) return true
  const freshUntil = state.freshUntil.getTime()
  return freshUntil - aheadSeconds * 1000 <= now || isFuture(freshUntil - cacheSecondsMax * 1000, now)
}
