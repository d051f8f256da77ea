import { toTrust } from '@/lib/db/trust-row'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** The organization's trusts that stand alone for an issuer, all of them, by name: they are as many as its partners. */
export async function listSoleIssuers(ctx: Context, { project }: { project?: string | undefined }): Promise<Trust[]> {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, method: 'issuer', ...(project === undefined ? {} : { project: { label: project } }) },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toTrust)
}
