import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { sealedKinds } from '@/lib/model/evidence'
import { type RecordKind, RetentionPatch, recordKindOf, retentionVariable } from '@/lib/model/retention'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { auditedPeriods } from './audited-periods'
import { getRetention, type Retention } from './get-retention'
import { retentionPeriods } from './retention-periods'

/**
 * Sets how long kinds of records are kept. A shorter period takes effect within the hour, and what it removes is gone.
 * @throws AppError `rule` (an environment variable sets it)
 */
export async function setRetention(ctx: Context, input: z.input<typeof RetentionPatch>): Promise<Retention[]> {
  requireAccess(ctx, 'administer')
  const wanted = RetentionPatch.parse(input).days
  await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const periods = await retentionPeriods(tx)
    const inDatabase = await changedInDatabase(tx)
    const changed = periods.flatMap((period) => {
      const to = wanted[period.kind]
      if (to === undefined || (to === period.days && !inDatabase.includes(period.kind))) return []
      return [{ ...period, to }]
    })
    const fixed = changed.find(({ isFixed }) => isFixed)
    if (fixed) throw fixedByEnvironment(fixed)
    if (changed.length === 0) return recordNothing(ctx)
    for (const { kind, to } of changed) {
      await tx.retentionPeriod.upsert({ where: { kind }, create: { kind, days: to }, update: { days: to } })
    }
    await record(tx, ctx, {
      action: 'retention.updated',
      target: { kind: 'retention', id: ctx.organizationId, name: 'Retention' },
      before: Object.fromEntries(changed.map(({ kind, days }) => [kind, days])),
      after: Object.fromEntries(changed.map(({ kind, to }) => [kind, to])),
    })
  })
  return getRetention(ctx)
}

/** Kinds whose period no act on record says: setting it again, to the same, says so. */
async function changedInDatabase(tx: Tx): Promise<RecordKind[]> {
  const audited = await auditedPeriods(tx)
  return sealedKinds.flatMap((kind) => (audited[kind].isChanged ? [recordKindOf(kind)] : []))
}

function fixedByEnvironment({ kind, days }: { kind: Retention['kind']; days: number }) {
  const name = retentionVariable(kind)
  const message = `The environment variable ${name} sets this to ${days} days. Change it there and start the server again.`
  return new AppError('rule', message, {
    reason: 'retention_fixed',
    fields: [{ path: ['days', kind], code: 'retention_fixed', message }],
  })
}
