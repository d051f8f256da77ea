import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { definitionOf, type Kind } from '@/lib/trust/kinds'

/** @throws AppError `rule` where an organization has as many trusts of a kind as it may */
export async function requireFew(tx: Tx, organizationId: string, kind: Kind) {
  const { countMax } = definitionOf(kind)
  if (!countMax) return
  const { count: most, message, reason } = countMax
  // In the order of an index, so that no more rows are read than may be there.
  const orderBy = [{ name: 'asc' as const }, { id: 'asc' as const }]
  const count = await tx.trust.count({ where: { organizationId, kind }, orderBy, take: most })
  if (count >= most) throw new AppError('rule', message, { reason })
}
