import type { Tx } from '@/lib/db/client'
import { unsealedAuditEntry } from '@/lib/db/evidence/unsealed'
import { foldedRowId, newId } from '@/lib/ids'
import type { ActorKind } from '@/lib/model/audit-actions'
import { jsonText } from '@/lib/trust/json/json-text'
import type { Acting } from '../context'
import { giveRequestId } from '../given-request-id'
import { inParts } from '../in-parts'
import { storedActor } from '../stored-actor'
import type { AuditRecord } from './actions'
import { placeEntry } from './repeated-entries'

/**
 * Writes the audit entry of an act, in the act's own transaction: both happen, or neither does. An act that can be repeated at
 * will is counted into an entry there is already, and the request gets an id that leads to it.
 */
export async function record(tx: Tx, ctx: Acting, entry: AuditRecord) {
  ctx.recorded?.push(entry.action)
  const at = ctx.now()
  const folded = placeEntry(ctx, entry)
  const countedInto = folded && (await countInto(tx, folded.rowIds, entry.action, at))
  if (countedInto) {
    giveRequestId(ctx, countedInto)
    return
  }
  const requestId = folded ? foldedRowId(ctx.requestId) : ctx.requestId
  folded?.countInto(requestId)
  const data = { ...toColumns(ctx, entry, at), requestId, repeats: folded ? 0 : null, lastAt: folded ? at : null }
  const row = await tx.auditEntry.create({ data })
  await tx.unsealedRecord.create({ data: unsealedAuditEntry(row) })
}

/** The same of many acts in one transaction, in statements whose number grows with parts of them only. None of them is repeatable at will. */
export async function recordAll(tx: Tx, ctx: Acting, entries: readonly AuditRecord[]) {
  for (const part of inParts(entries)) {
    ctx.recorded?.push(...part.map(({ action }) => action))
    const at = ctx.now()
    const data = part.map((entry) => ({ ...toColumns(ctx, entry, at), requestId: ctx.requestId }))
    const rows = await tx.auditEntry.createManyAndReturn({ data })
    await tx.unsealedRecord.createMany({ data: rows.map(unsealedAuditEntry) })
  }
}

function toColumns(ctx: Acting, entry: AuditRecord, at: Date) {
  const by = storedActor(entry.actor ?? ctx.actor)
  return {
    ...{ id: newId(), at },
    organizationId: entry.organizationId === undefined ? ctx.organizationId : entry.organizationId,
    ...{ actorKind: by.kind satisfies ActorKind, actorId: by.id, actorName: by.name },
    action: entry.action,
    targetKind: entry.target?.kind ?? null,
    targetId: entry.target?.id ?? null,
    targetName: entry.target?.name ?? null,
    before: entry.before === undefined ? null : jsonText(entry.before),
    after: entry.after === undefined ? null : jsonText(entry.after),
    reason: entry.reason ?? null,
    raised: entry.raised?.length ? jsonText(entry.raised) : null,
    overridden: entry.overridden?.length ? jsonText(entry.overridden) : null,
    ip: ctx.ip,
    userAgent: ctx.userAgent,
  }
}

/** Notes that an act found nothing to change, so nothing is put on record. */
export function recordNothing(ctx: Acting) {
  ctx.recorded?.push('nothing done')
}

/** Returns the request id of the row it was counted into; null when there is none. */
async function countInto(tx: Tx, requestIds: readonly string[], action: string, at: Date): Promise<string | null> {
  if (requestIds.length === 0) return null
  const [row] = await tx.auditEntry.updateManyAndReturn({
    where: { requestId: { in: [...requestIds] }, action, repeats: { not: null } },
    data: { repeats: { increment: 1 }, lastAt: at },
    limit: 1,
    select: { requestId: true },
  })
  return row?.requestId ?? null
}
