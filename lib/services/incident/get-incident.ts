import type { Db, Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { changesBefore } from './changes-before'
import type { IncidentRow } from './incident-batch'
import { toIncident } from './incident-view'

/** An incident, and what changed before it began. @throws AppError `not-found` */
export async function getIncident(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = await findIncident(ctx.db, organizationId, id)
  return { ...toIncident(row, ctx.now()), ...(await changesBefore(ctx.db, row)) }
}

/** An incident of an organization, or of none. @throws AppError `not-found` */
export async function findIncident(db: Db | Tx, organizationId: string, id: string): Promise<IncidentRow> {
  const row = isId(id) ? await db.incident.findUnique({ where: { id } }) : null
  if (!row || (row.organizationId !== null && row.organizationId !== organizationId)) {
    throw notFound('There is no incident with that id.')
  }
  return row
}

/** The incident that a decision is counted in; the last one, where there are two. */
export async function incidentOf(db: Db, decisionId: string): Promise<string | null> {
  const found = await db.incidentRefusal.findMany({ where: { decisionId }, orderBy: { counted: 'desc' }, take: 1 })
  return found[0]?.incidentId ?? null
}
