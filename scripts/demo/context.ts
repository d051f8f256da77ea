import type { Db, Tx } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { KeyCache } from '@/lib/net/key-cache'
import type { Actor, Context } from '@/lib/services/context'
import type { KeySourceRecorder } from '@/lib/services/key-source/key-source-recorder'
import type { KeySet } from '@/lib/trust/key-sources/key-source'

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
type RowOf<Table extends 'decision' | 'uncountedDecision' | 'auditEntry' | 'accessToken'> = Extract<
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
  const into = <Row>(rows: Row[]) => ({
    create: async ({ data }: { data: Row }) => void rows.push(data),
    // Nothing is counted into a row that is not written yet.
    updateManyAndReturn: async () => [],
  })
  const tx = asTx({
    decision: into(decisions),
    uncountedDecision: into(uncountedDecisions),
    auditEntry: into(auditEntries),
    accessToken: into(accessTokens),
  })
  return { decisions, uncountedDecisions, auditEntries, accessTokens, tx }
}
export type Collector = ReturnType<typeof collector>

/** The one cast: verbs that only create rows need no more of a transaction than this. */
const asTx = (parts: object) => parts as Tx

/** Writes what was collected. Straight into SQLite, which the demo always runs on: through Prisma it takes seconds. */
export async function writeRows(db: Db, rows: Collector): Promise<void> {
  const { decisions, uncountedDecisions, auditEntries, accessTokens } = rows
  await db.$transaction(
    async (tx) => {
      await insert(tx, 'AccessToken', accessTokens)
      await insert(tx, 'Decision', decisions)
      await insert(tx, 'UncountedDecision', uncountedDecisions)
      await insert(tx, 'AuditEntry', auditEntries)
    },
    { timeout: 60_000 },
  )
}

/** All rows as one JSON parameter, which SQLite takes apart; columns that a row does not have keep their default. */
async function insert(tx: Tx, table: string, rows: object[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first).map((name) => `"${name}"`)
  const values = Object.keys(first).map((name) => `value ->> '${name}'`)
  await tx.$executeRawUnsafe(
    `INSERT INTO "${table}" (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`,
    JSON.stringify(rows, (_, value) => (isInstant(value) ? value.replace(/Z$/, '+00:00') : value)),
  )
}

/** How JSON writes a date; Prisma's adapter writes the same with +00:00, and SQLite compares texts. */
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
