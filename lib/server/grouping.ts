import { type Db, db } from '@/lib/db/client'
import { keepIncidents } from '@/lib/services/incident/keep-incidents'
import { leasedRounds } from './leased-rounds'

const roundMs = 2_000

type Deps = { database?: () => Db; everyMs?: number }

/**
 * Groups refusals into incidents in the background. Should two servers hold the lease for a moment, each batch is still written by one (`writeBatch`).
 */
export function startGrouping({ database = db, everyMs = roundMs }: Deps = {}): () => Promise<void> {
  return leasedRounds({
    ...{ name: 'incidents', everyMs, database, failed: 'grouping refusals in incidents failed' },
    pausing: { factor: 2, msMin: 10 },
    work: (round) => keepIncidents({ db: database(), now: () => new Date() }, round),
  })
}
