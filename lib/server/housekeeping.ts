import { type Db, db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { collectReviews } from '@/lib/services/access-review/collect-items'
import { addUpDecisions } from '@/lib/services/decision/decision-days'
import { keepSigningKeys } from '@/lib/services/installation/keep-signing-keys'
import { countRemoved } from '@/lib/services/metrics/metrics'
import { keepPostures } from '@/lib/services/posture/keep-postures'
import { keepPartitions } from '@/lib/services/retention/keep-partitions'
import { removeExpired } from '@/lib/services/retention/remove-expired'
import { steadyClock } from '@/lib/services/retention/steady-clock'
import { leasedRounds } from './leased-rounds'

const roundMs = 30_000
const removeEveryMs = 3_600_000
const partitionsEveryMs = 3_600_000
/** What is left then is removed in the next round, after the decisions that came meanwhile were counted. */
const removingMsMax = 60_000
/** Items of access reviews that are not taken then are taken in the next round. */
const collectingMsMax = 20_000
/** Trusts that are not judged then are judged in the next round. */
const judgingMsMax = 40_000

type Deps = { database?: () => Db; everyMs?: number }

/**
 * Makes partitions ahead, adds decisions up by day, takes items of access reviews, judges trusts, replaces signing keys and removes what was kept long
 * enough, beside the requests.
 */
export function startHousekeeping({ database = db, everyMs = roundMs }: Deps = {}): () => Promise<void> {
  const clock = steadyClock()
  let isSteady = false
  let removedAtMs = Number.NEGATIVE_INFINITY
  let partitionsAtMs = Number.NEGATIVE_INFINITY

  return leasedRounds({
    ...{ name: 'housekeeping', everyMs, leaseSeconds: 90, database },
    failed:
      'making partitions, counting decisions, taking items of access reviews, judging trusts or removing old records failed',
    // This work never takes more than a fifth of the time.
    pausing: { factor: 4, msMin: 10 },
    eachRound() {
      isSteady = clock.isSteady(Date.now(), performance.now())
    },
    async work({ mayGoOn, isStopped, pause }) {
      const now = new Date()
      // First, so that few decisions of a server that was off for long find no partition.
      if (performance.now() - partitionsAtMs >= partitionsEveryMs && (await keepPartitions(database()))) {
        partitionsAtMs = performance.now()
      }
      while (!isStopped()) {
        const startedMs = performance.now()
        if ((await addUpDecisions(database())) === 0) break
        await pause(performance.now() - startedMs)
      }
      const until = (endMs: number) => async () => performance.now() < endMs && (await mayGoOn())
      const collecting = { mayGoOn: until(performance.now() + collectingMsMax), pause }
      await collectReviews({ db: database(), now: () => new Date() }, collecting)
      const judging = { mayGoOn: until(performance.now() + judgingMsMax), pause }
      await keepPostures({ db: database(), now: () => new Date() }, judging)
      if (!isSteady) return
      await keepSigningKeys({ db: database(), now, days: env().KEYBOUND_SIGNING_KEY_DAYS })
      if (performance.now() - removedAtMs < removeEveryMs) return
      const removing = { mayGoOn: until(performance.now() + removingMsMax), pause }
      if (await removeExpired({ db: database(), now, ...removing, onRemoved: countRemoved }))
        removedAtMs = performance.now()
    },
  })
}
