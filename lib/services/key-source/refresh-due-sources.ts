import type { Db } from '@/lib/db/client'
import type { KeyCache } from '@/lib/net/key-cache'
import { type SourceInUse, sourcesInUse } from './sources-in-use'

type Deps = { db: Db; keys: Pick<KeyCache, 'refresh'>; now: Date; isStopped?: () => boolean }

/** How long before its set becomes old a source is fetched again: two rounds of the background work. */
const aheadSeconds = 60
/** Never more often than this, whatever a source says of its age. */
const pauseSeconds = 45
const atOnce = 4

/** Fetches every source in use whose keys are about to become old, or that was never fetched. Answers how many. */
export async function refreshDueSources({ db, keys, now, isStopped = () => false }: Deps): Promise<number> {
  const due = await dueSources(db, now)
  const queue = [...due]
  const work = async () => {
    for (let next = queue.shift(); next && !isStopped(); next = queue.shift()) await keys.refresh(next.source)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, due.length) }, work))
  return due.length
}

async function dueSources(db: Db, now: Date): Promise<SourceInUse[]> {
  const sources = await sourcesInUse(db, { enabled: true })
  const states = await db.keySourceState.findMany({
    where: { id: { in: sources.map(({ id }) => id) } },
    select: { id: true, lastAttemptAt: true, failingSince: true, freshUntil: true },
  })
  return sources.filter(({ id }) => {
    const state = states.find((one) => one.id === id)
    if (!state) return true
    if (now.getTime() - state.lastAttemptAt.getTime() < pauseSeconds * 1000) return false
    if (state.failingSince || !state.freshUntil) return true
    return state.freshUntil.getTime() - aheadSeconds * 1000 <= now.getTime()
  })
}
