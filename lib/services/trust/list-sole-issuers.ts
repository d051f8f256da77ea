import { toTrust } from '@/lib/db/trust-row'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

export type SoleIssuerQuery = { project?: string | undefined; limit: number; offset: number }

/** The organization's trusts that stand alone for an issuer, by name. */
export async function listSoleIssuers(
  ctx: Context,
  { project, limit, offset }: SoleIssuerQuery,
): Promise<{ trusts: Trust[]; total: number }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const where = {
    organizationId,
    method: 'issuer',
    ...(project === undefined ? {} : { project: { label: project } }),
  }
  const [rows, total] = await Promise.all([
    ctx.db.trust.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: limit, skip: offset }),
    ctx.db.trust.count({ where }),
  ])
  return { trusts: rows.map(toTrust), total }
}
