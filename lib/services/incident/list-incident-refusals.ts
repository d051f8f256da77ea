import { z } from 'zod'
import { requireAccess } from '../access'
import type { Context } from '../context'
import type { DecisionSummary } from '../decision/list-decisions'
import { parseCursor, toCursor } from '../list-page'
import { findIncident } from './get-incident'

export const IncidentRefusalsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})

/** Recorded refusals of an incident, newest first. @throws AppError `not-found` */
export async function listIncidentRefusals(
  ctx: Context,
  id: string,
  query: z.input<typeof IncidentRefusalsQuery>,
): Promise<{ decisions: DecisionSummary[]; next: string | null }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, cursor } = IncidentRefusalsQuery.parse(query)
  const incident = await findIncident(ctx.db, organizationId, id)
  const after = cursor === undefined ? null : parseCursor(cursor)
  const found = await ctx.db.incidentRefusal.findMany({
    where: {
      incidentId: incident.id,
      ...(after && {
        at: { lte: after.at },
        OR: [{ at: { lt: after.at } }, { at: after.at, decisionId: { lt: after.id } }],
      }),
    },
    orderBy: [{ incidentId: 'desc' }, { at: 'desc' }, { decisionId: 'desc' }],
    take: limit + 1,
    select: { decisionId: true, at: true },
  })
  const shown = found.slice(0, limit)
  const rows = await ctx.db.decision.findMany({
    where: { id: { in: shown.map(({ decisionId }) => decisionId) } },
    omit: { trace: true, header: true, claims: true },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const last = shown.at(-1)
  return {
    decisions: shown.flatMap(({ decisionId }) => byId.get(decisionId) ?? []),
    next: found.length > limit && last ? toCursor({ at: last.at, id: last.decisionId }) : null,
  }
}
