import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db/client'
import { checkSources } from '@/lib/services/key-source/check-sources'
import { acquireLease, releaseLease } from '@/lib/services/key-source/lease'
import { refreshDueSources } from '@/lib/services/key-source/refresh-due-sources'
import { sweepTrusts } from '@/lib/services/key-source/sweep-trusts'
import { logFailure } from './database-health'
import { startHousekeeping } from './housekeeping'
import { keyCache } from './key-cache'
import { keySourceRecorder } from './key-source-recorder'

const roundMs = 30_000
const leaseSeconds = 90

/** Everything done beside the requests. Answers the function that ends it; what is under way is finished first. */
export function startBackground(): () => Promise<void> {
  const stops = [startRefreshing(), startHousekeeping()]
  return async () => void (await Promise.all(stops.map((stop) => stop())))
}

/**
 * Keeps key sources fresh beside the requests. Of several servers on one database, the one that holds the lease does it.
 */
function startRefreshing(): () => Promise<void> {
  const lease = { name: 'key-sources', holder: randomUUID() }
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()

  const work = async () => {
    const now = new Date()
    if (!(await acquireLease(db(), { ...lease, now, seconds: leaseSeconds }))) return
    const onError = (error: unknown) => logFailure(error, 'the background refresh of a key source failed')
    await sweepTrusts(db(), now, () => isStopped)
    await checkSources(db(), now)
    await refreshDueSources({ db: db(), keys: keyCache(), now, isStopped: () => isStopped, onError })
  }
  const next = () => {
    round = work()
      .catch((error: unknown) => logFailure(error, 'the background refresh of key sources failed'))
      .then(() => {
        if (!isStopped) timer = setTimeout(next, roundMs).unref()
      })
  }
  next()

  return async () => {
    isStopped = true
    clearTimeout(timer)
    await round
    await keySourceRecorder().settled()
    // Another server may go on at once; if this fails, it goes on when the lease is over.
    await releaseLease(db(), lease).catch(() => undefined)
  }
}
