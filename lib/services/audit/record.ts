import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { jsonText } from '@/lib/trust/json-text'
import type { Context } from '../context'
import type { AuditAction } from './actions'

export type AuditRecord = {
  action: AuditAction
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
  ctx.recorded?.push(entry.action)
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

/** Says that an act found nothing to change, so that there is nothing to put on record. */
export function recordNothing(ctx: Context) {
  ctx.recorded?.push('nothing done')
}
