import type { Db, Tx } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { KeyCache } from '@/lib/net/key-cache'
import type { Actor, Context } from '@/lib/services/context'
import type { KeySet } from '@/lib/trust/key-sources/key-source'

const noKeys: KeySet = { status: 'unavailable', reason: 'unreachable', message: '', fix: '' }

/** A key cache that answers what it is told to; nothing is fetched for the demo. */
export const answering = (keySet: KeySet = noKeys): KeyCache => ({
  get: async () => keySet,
  refresh: async () => ({ keySet, cacheSeconds: 0, latencyMs: 0 }),
  forget: () => {},
})

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
    now: () => at,
    requestId: newRequestId(),
    ip: ip ?? null,
    userAgent: userAgent ?? null,
    actor,
    organizationId: actor.kind === 'anonymous' ? null : organizationId,
  })
}
export type ContextAt = ReturnType<typeof contexts>

type DecisionRow = Parameters<Tx['decision']['create']>[0]['data']
type AuditRow = Parameters<Tx['auditEntry']['create']>[0]['data']
type AccessTokenRow = Parameters<Tx['accessToken']['create']>[0]['data']

/** Stands in for a transaction: what is created is kept, to be written in bulk. It can do nothing else. */
export function collector() {
  const decisions: DecisionRow[] = []
  const auditEntries: AuditRow[] = []
  const accessTokens: AccessTokenRow[] = []
  const into = <Row>(rows: Row[]) => ({ create: async ({ data }: { data: Row }) => void rows.push(data) })
  const tx = asTx({
    decision: into(decisions),
    auditEntry: into(auditEntries),
    accessToken: into(accessTokens),
  })
  return { decisions, auditEntries, accessTokens, tx }
}
export type Collector = ReturnType<typeof collector>

/** The one cast: verbs that only create rows need no more of a transaction than this. */
const asTx = (parts: object) => parts as Tx

/** Writes what was collected; a statement takes so many rows that its parameters stay within SQLite's limit. */
export async function writeRows(db: Db, { decisions, auditEntries, accessTokens }: Collector): Promise<void> {
  await db.$transaction(
    async (tx) => {
      for (const data of inChunks(accessTokens)) await tx.accessToken.createMany({ data: asRows(data) })
      for (const data of inChunks(decisions)) await tx.decision.createMany({ data: asRows(data) })
      for (const data of inChunks(auditEntries)) await tx.auditEntry.createMany({ data: asRows(data) })
    },
    { timeout: 60_000 },
  )
}

/** Verbs write plain columns, never the nested form that Prisma's type allows as well. */
const asRows = <Row>(rows: unknown[]) => rows as Row[]

function* inChunks<Row>(rows: Row[], size = 400): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}
