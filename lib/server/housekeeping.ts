import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, db } from '@/lib/db/client'
import { addUpDecisions } from '@/lib/services/decision/decision-days'
import { acquireLease, releaseLease } from '@/lib/services/key-source/lease'
import { countRemoved } from '@/lib/services/metrics/metrics'
import { removeExpired } from '@/lib/services/retention/remove-expired'
import { steadyClock } from '@/lib/services/retention/steady-clock'
import { logFailure } from './database-health'

const roundMs = 30_000
const leaseSeconds = 90
const renewEveryMs = 15_000
const removeEveryMs = 3_600_000
/** What is left then is removed in the next round, after the decisions that came meanwhile were counted. */
const removingMsMax = 60_000
/** A batch is followed by a pause four times as long, so that this work never takes more than a fifth of the time. */
const pauseFactor = 4
const pauseMsMin = 10

type Deps = { database?: () => Db; everyMs?: number }

/**
 * Adds decisions up by day and removes what was kept long enough, beside the requests. Of several servers on one database,
 * the one that holds the lease does it. Answers the function that ends it; the batch under way is finished first.
 */
export function startHousekeeping({ database = db, everyMs = roundMs }: Deps = {}): () => Promise<void> {
  const lease = { name: 'housekeeping', holder: randomUUID() }
  const clock = steadyClock()
  let isStopped = false
  let removedAtMs = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()

  let renewedAtMs = Number.NEGATIVE_INFINITY
  const isMine = async () => {
    if (isStopped || performance.now() - renewedAtMs < renewEveryMs) return !isStopped
    const held = await acquireLease(database(), { ...lease, now: new Date(), seconds: leaseSeconds })
    if (held) renewedAtMs = performance.now()
    return held
  }
  const pause = async (batchMs: number) => {
    if (!isStopped) await sleep(Math.max(pauseMsMin, batchMs * pauseFactor), undefined, { ref: false })
  }

  const work = async () => {
    const now = new Date()
    const isSteady = clock.isSteady(now.getTime(), performance.now())
    if (!(await isMine())) return
    while (!isStopped) {
      const startedMs = performance.now()
      if ((await addUpDecisions(database())) === 0) break
      await pause(performance.now() - startedMs)
    }
    if (!isSteady || performance.now() - removedAtMs < removeEveryMs) return
    const untilMs = performance.now() + removingMsMax
    const mayGoOn = async () => performance.now() < untilMs && (await isMine())
    const isDone = await removeExpired({ db: database(), now, mayGoOn, pause, onRemoved: countRemoved })
    if (isDone) removedAtMs = performance.now()
  }
  const next = () => {
    round = work()
      .catch((error: unknown) => logFailure(error, 'counting decisions or removing old records failed'))
      .then(() => {
        if (!isStopped) timer = setTimeout(next, everyMs).unref()
      })
  }
  next()

  return async () => {
    isStopped = true
    clearTimeout(timer)
    await round
    // Another server may go on at once; if this fails, it goes on when the lease is over.
    await releaseLease(database(), lease).catch(() => undefined)
  }
}
