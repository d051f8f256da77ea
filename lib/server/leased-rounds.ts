import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, db } from '@/lib/db/client'
import { acquireLease, releaseLease } from '@/lib/services/lease'
import { logFailure } from './database-health'

/** A server asks for the lease, or renews it, this often; one that stops gives it back, so another goes on within this time. */
const askEveryMs = 15_000

/** What a round is given. */
export type Round = {
  /** Whether the work goes on: the server does not stop, and the lease, renewed when it is time, is still its own. */
  mayGoOn: () => Promise<boolean>
  isStopped: () => boolean
  /** Waits after a batch that took so many milliseconds, so that logins go first. */
  pause: (batchMs: number) => Promise<void>
}

type Rounds = {
  /** Of the lease. */
  name: string
  everyMs: number
  /** The right ends by itself after so long. */
  leaseSeconds?: number
  database?: (() => Db) | undefined
  /** How long a pause is for the batch before it, and at least. */
  pausing?: { factor: number; msMin: number }
  /** What the log says where a round ends in an error. */
  failed: string
  work: (round: Round) => Promise<void>
  /** Called before each round, with or without the lease. */
  eachRound?: () => void
  /** What is waited for at the end, before the lease is given back. */
  settled?: () => Promise<void>
}

/**
 * Does work in rounds beside the requests. Of several servers on one database, the one that holds the lease does it; a round that ends in an error is
 * followed by the next. Answers the function that ends it; the round under way is finished first.
 */
export function leasedRounds(rounds: Rounds): () => Promise<void> {
  const { name, everyMs, leaseSeconds = 60, database = db, pausing, failed, work, eachRound, settled } = rounds
  const lease = { name, holder: randomUUID() }
  const { factor, msMin } = pausing ?? { factor: 1, msMin: 10 }
  let isStopped = false
  let isHeld = false
  let askedAtMs = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()

  const mayGoOn = async () => {
    if (isStopped || performance.now() - askedAtMs < askEveryMs) return isHeld && !isStopped
    isHeld = false
    isHeld = await acquireLease(database(), { ...lease, now: new Date(), seconds: leaseSeconds })
    askedAtMs = performance.now()
    return isHeld && !isStopped
  }
  const pause = async (batchMs: number) => {
    if (!isStopped) await sleep(Math.max(msMin, batchMs * factor), undefined, { ref: false })
  }
  const once = async () => {
    eachRound?.()
    if (await mayGoOn()) await work({ mayGoOn, isStopped: () => isStopped, pause })
  }
  const next = () => {
    round = once()
      .catch((error: unknown) => logFailure(error, failed))
      .then(() => {
        if (!isStopped) timer = setTimeout(next, everyMs).unref()
      })
  }
  next()

  return async () => {
    isStopped = true
    clearTimeout(timer)
    await round
    await settled?.()
    // Another server may go on at once; if this fails, it goes on when the lease is over.
    await releaseLease(database(), lease).catch(() => undefined)
  }
}
