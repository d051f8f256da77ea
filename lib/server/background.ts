import { db } from '@/lib/db/client'
import { setFailureLog } from '@/lib/services/failure-log'
import { checkSources } from '@/lib/services/key-source/check-sources'
import { refreshDueSources } from '@/lib/services/key-source/refresh-due-sources'
import { sweepTrusts } from '@/lib/services/key-source/sweep-trusts'
import { logFailure } from './database-health'
import { finishAlarms } from './finish-alarms'
import { startGrouping } from './grouping'
import { startHousekeeping } from './housekeeping'
import { keyCache } from './key-cache'
import { keySourceRecorder } from './key-source-recorder'
import { leasedRounds } from './leased-rounds'
import { startSealing } from './sealing'
import { startStreaming } from './streaming'

/**
 * Everything done beside the requests. Answers the function that ends it; what is under way is finished first, and what the last requests
 * left to be done after their answers.
 */
export function startBackground(): (answered: Promise<unknown>) => Promise<void> {
  setFailureLog(logFailure)
  const stops = [startRefreshing(), startHousekeeping(), startSealing(), startGrouping(), startStreaming()]
  return async (answered) => void (await Promise.all([finishAlarms(answered), ...stops.map((stop) => stop())]))
}

/** Keeps key sources fresh beside the requests. */
function startRefreshing(): () => Promise<void> {
  return leasedRounds({
    ...{ name: 'key-sources', everyMs: 30_000, leaseSeconds: 90 },
    failed: 'the background refresh of key sources failed',
    async work({ isStopped }) {
      const now = new Date()
      const onError = (error: unknown) => logFailure(error, 'the background refresh of a key source failed')
      await sweepTrusts(db(), now, isStopped)
      await checkSources(db(), now)
      await refreshDueSources({ db: db(), keys: keyCache(), now, isStopped, onError })
    },
    settled: () => keySourceRecorder().settled(),
  })
}
