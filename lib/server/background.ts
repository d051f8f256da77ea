import { db } from '@/lib/db/client'
import { allUsesRecorded } from '@/lib/services/decoy-token/decoy-uses'
import { allRaised } from '@/lib/services/incident/raise-soon'
import { checkSources } from '@/lib/services/key-source/check-sources'
import { refreshDueSources } from '@/lib/services/key-source/refresh-due-sources'
import { sweepTrusts } from '@/lib/services/key-source/sweep-trusts'
import { logFailure } from './database-health'
import { startGrouping } from './grouping'
import { startHousekeeping } from './housekeeping'
import { keyCache } from './key-cache'
import { keySourceRecorder } from './key-source-recorder'
import { leasedRounds } from './leased-rounds'
import { startSealing } from './sealing'
import { startStreaming } from './streaming'

/** Everything done beside the requests. Answers the function that ends it; what is under way is finished first. */
export function startBackground(): () => Promise<void> {
  const stops = [
    startRefreshing(),
    startHousekeeping(),
    startSealing(),
    startGrouping(),
    startStreaming(),
    finishAlarms,
  ]
  return async () => void (await Promise.all(stops.map((stop) => stop())))
}

/** Waits for uses of canaries to be recorded and raised. */
async function finishAlarms(): Promise<void> {
  await allUsesRecorded()
  await allRaised()
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
