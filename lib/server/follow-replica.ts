import { db } from '@/lib/db/client'
import { messageOf } from '@/lib/db/failure-codes'
import { followReplica, type ReplicaState, setReplica } from '@/lib/db/replica'
import type { Env } from '@/lib/env'
import { setReplicaLag } from '@/lib/services/metrics/metrics'
import { log } from './log'

/** Lets lists be read from the replica that the settings name. Answers the function that ends it. */
export function followReplicaOf(settings: Env): (() => Promise<void>) | undefined {
  const { DATABASE_REPLICA_URL: url, DATABASE_REPLICA_MAX_LAG_SECONDS: maxLagSeconds } = settings
  if (url === undefined) return
  let known = ''
  const onState = (state: ReplicaState) => {
    setReplicaLag(state.kind === 'following' ? state.behindSeconds : null)
    const use = state.kind === 'lost' ? 'lost' : state.behindSeconds <= maxLagSeconds ? 'near' : 'behind'
    if (use === known) return
    known = use
    if (state.kind === 'lost') {
      log.warn(`The replica cannot be used (${messageOf(state.cause)}); lists are read from the primary database.`)
    } else if (use === 'behind') {
      log.warn(`The replica is more than ${maxLagSeconds} s behind; lists are read from the primary database.`)
    } else {
      log.info('Lists are read from the replica.')
    }
  }
  const replica = followReplica({ primary: db(), url, maxLagSeconds, onState })
  setReplica(replica)
  return async () => {
    setReplica(undefined)
    await replica.close()
  }
}
