import { LRUCache } from 'lru-cache'
import { AppError } from '@/lib/errors'
import { perProcess } from '@/lib/per-process'

/** A point of a limit that was taken in advance. It is settled once: spent or given back. */
export type Hold = { spend(): void; giveBack(): void }

type Count = { spent: number; held: number; endsMs: number; waiting: (() => void)[] }

/** Keys that a limit remembers; of more, the one that was not seen for longest is forgotten. */
const keysMax = 20_000

/** Attempts that may wait for others of their key to be settled. */
const waitingMax = 1_000

/** Points of a limit that were spent on a key in one process, or with cost 0 that the key is forgotten. */
export type Spent = { limit: string; key: string; cost: number; leftMs: number }

const sharing = sharingOf()

/** Lets other processes of the installation be told which points are spent here. Answers the function that ends it. */
export function shareSpent(tell: (spent: Spent) => void): () => void {
  sharing.tells.add(tell)
  return () => sharing.tells.delete(tell)
}

/** Counts points that another process has spent. */
export const takeSpent = (spent: Spent): void => sharing.limits.get(spent.limit)?.(spent)

function sharingOf() {
  type Sharing = { tells: Set<(spent: Spent) => void>; limits: Map<string, (spent: Spent) => void> }
  const held = perProcess<Sharing>('attempts')
  held.value ??= { tells: new Set(), limits: new Map() }
  return held.value
}

/**
 * Counts attempts of one kind by a key, and refuses when there were too many in a window of time. In bounded memory, without
 * timers. The workers of one machine count together (lib/server/workers), and so do the servers of one PostgreSQL database
 * (lib/server/share-attempts).
 * @param kind in the plural, for the refusal: "sign-ins begun"
 * @param name of the limit among all limits of the process; a second one of the name takes its place in what is shared
 * @param now monotonic, in milliseconds
 */
export function attempts(
  kind: string,
  { name, points, seconds }: { name: string; points: number; seconds: number },
  now: () => number = () => performance.now(),
) {
  const counts = new LRUCache<string, Count>({ max: keysMax })

  function countOf(key: string): Count {
    const known = counts.get(key)
    if (known) {
      if (known.endsMs <= now()) known.spent = 0
      return known
    }
    const fresh = { spent: 0, held: 0, endsMs: 0, waiting: [] }
    counts.set(key, fresh)
    return fresh
  }

  function spend(count: Count, cost: number, leftMs: number) {
    if (cost > 0 && count.spent === 0) count.endsMs = now() + leftMs
    count.spent += cost
  }

  sharing.limits.set(name, ({ key, cost, leftMs }) => {
    if (cost === 0) counts.delete(key)
    else spend(countOf(key), cost, leftMs)
  })
  const tell = (key: string, cost: number, leftMs: number) => {
    for (const one of sharing.tells) one({ limit: name, key, cost, leftMs })
  }

  function settle(count: Count, cost: number) {
    count.held -= 1
    spend(count, cost, seconds * 1000)
    // A point that came back is for one of those who wait; where none is left, all of them are refused.
    const woken = count.spent >= points ? count.waiting.splice(0) : count.waiting.splice(0, 1)
    for (const wake of woken) wake()
  }

  /**
   * Takes a point before the attempt is made, so that attempts made at once cannot pass a limit together. If every point is
   * taken but not yet spent, waits: one that succeeds gives its point back, so correct attempts made at once are not refused.
   * @throws AppError `too-many`
   */
  async function hold(key: string): Promise<Hold> {
    const count = countOf(key)
    while (count.spent + count.held >= points) {
      if (count.spent >= points) throw tooMany(kind, count.endsMs - now())
      if (count.waiting.length >= waitingMax) throw tooMany(kind, 1_000)
      await new Promise<void>((resolve) => count.waiting.push(resolve))
      if (count.endsMs <= now()) count.spent = 0
    }
    count.held += 1
    let isSettled = false
    const once = (spent: number) => () => {
      if (isSettled) return
      isSettled = true
      settle(count, spent)
      if (spent > 0) tell(key, spent, count.endsMs - now())
    }
    return { spend: once(1), giveBack: once(0) }
  }

  return {
    hold,
    /** Counts one attempt, whatever its outcome. @throws AppError `too-many` */
    async count(key: string) {
      const { spend } = await hold(key)
      spend()
    },
    forget(key: string) {
      counts.delete(key)
      tell(key, 0, 0)
    },
    /** How many keys are remembered. */
    size: () => counts.size,
  }
}

export type Attempts = ReturnType<typeof attempts>

/**
 * Runs `act` as one attempt under each limit, the widest first, so that what a wide limit refuses makes no key in a narrow one.
 * It costs a point of each if it is refused: by an outcome that `isRefused`, or by an error that is the caller's.
 * @throws AppError `too-many`, and what `act` throws
 */
export async function attempted<T>(
  limits: readonly (readonly [limit: Attempts, key: string])[],
  act: () => Promise<T>,
  isRefused: (outcome: T) => boolean = () => false,
): Promise<T> {
  const held: Hold[] = []
  let isSpent = false
  try {
    for (const [limit, key] of limits) held.push(await limit.hold(key))
    const outcome = await act()
    isSpent = isRefused(outcome)
    return outcome
  } catch (error) {
    isSpent = error instanceof AppError && !ourFaults.has(error.kind)
    throw error
  } finally {
    for (const { spend, giveBack } of held) isSpent ? spend() : giveBack()
  }
}

/** No attempt was made, or it could not be judged. */
const ourFaults = new Set<AppError['kind']>(['too-many', 'unavailable', 'unexpected'])

/** The refusal of a caller who did too much of something, with when to come back. */
export function tooMany(kind: string, msBeforeNext: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
  return new AppError('too-many', `Too many ${kind}. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds })
}
