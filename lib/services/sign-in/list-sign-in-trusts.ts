import { toTrust } from '@/lib/db/trust-row'
import { signIn } from '@/lib/trust/kinds'
import { providersMax } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** The sign-in trusts of the organization, by name, and the value of its counter of changes. */
export async function listSignInTrusts(ctx: Context): Promise<{ trusts: Trust[]; sequence: string }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, kind: signIn.kind },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: providersMax,
  })
  const counter = await ctx.db.sequenceCounter.findUnique({ where: { organizationId } })
  return { trusts: rows.map(toTrust), sequence: counter?.value ?? '0' }
}
