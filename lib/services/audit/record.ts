import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { jsonText } from '@/lib/trust/json-text'
import type { Context } from '../context'

export type AuditRecord = {
  /** Noun and past participle: `trust.created`, `session.refused`. */
  action: string
  target?: { kind: string; id: string; name: string }
  before?: unknown
  after?: unknown
  /** Where the act itself decides it (first-run setup, a refused sign-in). */
  organizationId?: string | null
  actor?: Context['actor']
}

/** Writes the audit entry of an act, in the act's own transaction: both happen, or neither does. */
export async function record(tx: Tx, ctx: Context, entry: AuditRecord) {
  const actor = entry.actor ?? ctx.actor
  await tx.auditEntry.create({
    data: {
      id: newId(),
      at: ctx.now(),
      organizationId: entry.organizationId === undefined ? ctx.organizationId : entry.organizationId,
      requestId: ctx.requestId,
      actorKind: actor.kind,
      actorId: 'id' in actor ? actor.id : null,
      actorName: 'name' in actor ? actor.name : null,
      action: entry.action,
      targetKind: entry.target?.kind ?? null,
      targetId: entry.target?.id ?? null,
      targetName: entry.target?.name ?? null,
      before: entry.before === undefined ? null : jsonText(entry.before),
      after: entry.after === undefined ? null : jsonText(entry.after),
      ip: ctx.ip,
      userAgent: ctx.userAgent,
    },
  })
}
