import { toTrust } from '@/lib/db/trust-row'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** Every sign-in trust of the organization, by name, and where its counter of changes stands. */
export async function listSignInTrusts(ctx: Context): Promise<{ trusts: Trust[]; sequence: string }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, method: 'sign-in' },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const counter = await ctx.db.sequenceCounter.findUnique({ where: { organizationId } })
  return { trusts: rows.map(toTrust), sequence: counter?.value ?? '0' }
}
