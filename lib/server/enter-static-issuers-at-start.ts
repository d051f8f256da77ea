import { db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import { holdStaticIssuers, type StaticIssuers, synchroniseStaticIssuers } from '@/lib/services/trust/static-issuers'
import { keyCache } from './key-cache'
import { keySourceRecorder } from './key-source-recorder'

/** Makes the database agree with what the operator configured; once, at start, before requests are served. */
export async function enterStaticIssuersAtStart(issuers: StaticIssuers): Promise<void> {
  holdStaticIssuers(issuers)
  await synchroniseStaticIssuers({
    db: db(),
    keys: keyCache(),
    keySourceRecorder: keySourceRecorder(),
    now: () => new Date(),
    requestId: newRequestId(),
    ip: null,
    userAgent: null,
    actor: { kind: 'system', name: 'Static issuers' },
    organizationId: null,
  })
}
