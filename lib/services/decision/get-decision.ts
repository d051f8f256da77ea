import { notFound } from '@/lib/errors'
import type { JsonObject } from '@/lib/trust/json'
import type { Check } from '@/lib/trust/verdict'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** A decision with its whole trace. @throws AppError `not-found` */
export async function getDecision(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = await ctx.db.decision.findFirst({
    where: { id, OR: [{ organizationId }, { organizationId: null }] },
  })
  if (!row) throw notFound('There is no decision with that id.')
  const trace: Check[] = JSON.parse(row.trace)
  const header: JsonObject | null = row.header && JSON.parse(row.header)
  const claims: JsonObject | null = row.claims && JSON.parse(row.claims)
  return { ...row, trace, header, claims }
}
