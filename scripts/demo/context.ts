import type { Db, Tx } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { KeyCache } from '@/lib/net/key-cache'
import type { Actor, Context } from '@/lib/services/context'
import type { KeySourceRecorder } from '@/lib/services/key-source/key-source-recorder'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { bulkWriter } from '../seed/bulk-writer'

const noKeys: KeySet = { status: 'unavailable', reason: 'unreachable', message: '', fix: '' }

/** A key cache that answers what it is told to; nothing is fetched for the demo. */
export const answering = (keySet: KeySet = noKeys): KeyCache => ({
  get: async () => keySet,
  refresh: async () => ({ keySet, cacheSeconds: 0, latencyMs: 0 }),
  forget: () => {},
})

/** Nothing is fetched, so there is nothing to write down. */
const noRecorder: KeySourceRecorder = { fetched: () => {}, judged: () => {}, settled: async () => {} }

export type Moment = {
  at: Date
  actor?: Actor
  ip?: string
  userAgent?: string
  keySet?: KeySet
}

/** Makes the contexts of the past: a verb called with one believes that it is then. */
export function contexts(db: Db, organizationId: string | null) {
  return ({ at, actor = { kind: 'anonymous' }, ip, userAgent, keySet }: Moment): Context => ({
    db,
    keys: answering(keySet),
    keySourceRecorder: noRecorder,
    now: () => at,
    requestId: newRequestId(),
    ip: ip ?? null,
    userAgent: userAgent ?? null,
    actor,
    organizationId: actor.kind === 'anonymous' ? null : organizationId,
  })
}
export type ContextAt = ReturnType<typeof contexts>

/** A row as `createMany` takes it. */
type RowOf<Table extends 'decision' | 'uncountedDecision' | 'auditEntry' | 'accessToken' | 'unsealedRecord'> = Extract<
  Parameters<Tx[Table]['createMany']>[0],
  object
>['data'] extends infer Data
  ? Exclude<Data, readonly unknown[]>
  : never

/** Stands in for a transaction: what is created is kept, to be written in bulk. It can do nothing else. */
export function collector() {
  const decisions: RowOf<'decision'>[] = []
  const uncountedDecisions: RowOf<'uncountedDecision'>[] = []
  const auditEntries: RowOf<'auditEntry'>[] = []
  const accessTokens: RowOf<'accessToken'>[] = []
  const unsealedRecords: RowOf<'unsealedRecord'>[] = []
  const into = <Row>(rows: Row[]) => ({
    create: async ({ data }: { data: Row }) => {
      rows.push(data)
      return data
    },
    // Nothing is counted into a row that is not written yet.
    updateManyAndReturn: async () => [],
  })
  const tx = asTx({
    decision: into(decisions),
    uncountedDecision: into(uncountedDecisions),
    auditEntry: into(auditEntries),
    accessToken: into(accessTokens),
    unsealedRecord: into(unsealedRecords),
  })
  return { decisions, uncountedDecisions, auditEntries, accessTokens, unsealedRecords, tx }
}
export type Collector = ReturnType<typeof collector>

/** The one cast: verbs that only create rows need no more of a transaction than this. */
const asTx = (parts: object) => parts as Tx

/** Writes what was collected at once: through Prisma it takes seconds. */
export async function writeRows(databaseUrl: string, rows: Collector): Promise<void> {
  const writer = await bulkWriter(databaseUrl)
  try {
    await writer.insert('AccessToken', rows.accessTokens)
    await writer.insert('Decision', rows.decisions)
    await writer.insert('UncountedDecision', rows.uncountedDecisions)
    await writer.insert('AuditEntry', rows.auditEntries)
    await writer.insert('UnsealedRecord', rows.unsealedRecords)
  } finally {
    await writer.close()
  }
}
