import { type Db, db } from '@/lib/db/client'
import { adoptRecords, markAdopted } from '@/lib/services/evidence/adopt-records'
import { areAllAdopted } from '@/lib/services/evidence/adoption'
import { addDailyCheckpoints } from '@/lib/services/evidence/make-checkpoint'
import { sealRecords } from '@/lib/services/evidence/seal-records'
import { leasedRounds, type Round } from './leased-rounds'

const roundMs = 1_000
const checkpointsEveryMs = 600_000

type Deps = { database?: () => Db; everyMs?: number }

/**
 * Gives records their places in the evidence logs beside the requests, and makes the checkpoints of the day. Two servers that both believe they
 * hold the lease cannot both write (`appendEntries`).
 */
export function startSealing({ database = db, everyMs = roundMs }: Deps = {}): () => Promise<void> {
  let isComplete = false
  let checkpointsAtMs = Number.NEGATIVE_INFINITY

  const seal = async ({ isStopped, pause }: Round, failed: Map<string, unknown>) => {
    while (!isStopped()) {
      const startedMs = performance.now()
      if ((await sealRecords(database(), new Date(), failed)).isDone) break
      await pause(performance.now() - startedMs)
    }
  }
  const adopt = async (round: Round, failed: Map<string, unknown>) => {
    if (await areAllAdopted(database())) {
      await markAdopted(database(), new Date())
      return true
    }
    const mayGoOn = async () => {
      await seal(round, failed)
      return round.mayGoOn()
    }
    return adoptRecords(database(), () => new Date(), { mayGoOn, pause: round.pause })
  }

  return leasedRounds({
    ...{ name: 'evidence', everyMs, database, failed: 'sealing records in the evidence log failed' },
    pausing: { factor: 1, msMin: 5 },
    async work(round) {
      // Logs that cannot be added to; the next round tries them again.
      const failed = new Map<string, unknown>()
      await seal(round, failed)
      if (!isComplete) isComplete = await adopt(round, failed)
      if (performance.now() - checkpointsAtMs >= checkpointsEveryMs) {
        await addDailyCheckpoints(database(), new Date())
        checkpointsAtMs = performance.now()
      }
      const [first] = failed
      if (first) throw new Error(`Nothing can be added to the log of ${first[0]}.`, { cause: first[1] })
    },
  })
}
