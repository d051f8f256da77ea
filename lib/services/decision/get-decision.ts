import { readKept } from '@/lib/db/kept-object'
import { toTrace } from '@/lib/db/stored-trace'
import { notFound } from '@/lib/errors'
import { foldedRowId, isRequestId } from '@/lib/ids'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { incidentOf } from '../incident/get-incident'

/**
 * A decision with its whole trace, by the id of a request: its own, or one that was counted into it.
 * @throws AppError `not-found`
 */
export async function getDecision(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = await findDecision(ctx, id)
  if (!row || (row.organizationId !== null && row.organizationId !== organizationId)) {
    throw notFound('There is no decision with that id.')
  }
  const header = readKept(row.header)
  const claims = readKept(row.claims)
  const incidentId = row.accepted ? null : await incidentOf(ctx.db, row.id)
  return { ...row, trace: toTrace(row.trace, claims), header, claims, incidentId }
}

async function findDecision(ctx: Context, id: string) {
  if (!isRequestId(id)) return null
  const own = await ctx.db.decision.findUnique({ where: { id } })
  if (own) return own
  const folded = await ctx.db.decision.findUnique({ where: { id: foldedRowId(id) } })
  return folded?.repeats == null ? null : folded
}
