import type { Tx } from '@/lib/db/client'
import { toTrust } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** Sign-in trusts that an organization may have, so that lists of them can be filtered here. */
const providersMax = 1_000

/** The sign-in trusts of the organization, by name, and where its counter of changes stands. */
export async function listSignInTrusts(ctx: Context): Promise<{ trusts: Trust[]; sequence: string }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.trust.findMany({
    where: { organizationId, method: 'sign-in' },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: providersMax,
  })
  const counter = await ctx.db.sequenceCounter.findUnique({ where: { organizationId } })
  return { trusts: rows.map(toTrust), sequence: counter?.value ?? '0' }
}

/** @throws AppError `rule` where an organization has as many providers as its lists show */
export async function requireFewProviders(tx: Tx, organizationId: string, { method }: Pick<TrustDraft, 'method'>) {
  if (method !== 'sign-in') return
  const where = { organizationId, method }
  const count = await tx.trust.count({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: providersMax })
  if (count < providersMax) return
  const message = `An organization has at most ${providersMax} providers that people sign in through. Remove one that is not used.`
  throw new AppError('rule', message, { reason: 'too_many_providers' })
}
