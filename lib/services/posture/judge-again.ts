import type { Tx } from '@/lib/db/client'
import { nextSequence } from '../trust/next-sequence'

/** Has the trusts of an identity judged again: what is known of them was found while it was another kind of identity. */
export async function judgeAgain(tx: Tx, organizationId: string, identityId: string): Promise<void> {
  await tx.trustPosture.updateMany({ where: { trust: { identityId } }, data: { judgedBy: '' } })
  // Every process reads the trusts again once the organization's counter has changed.
  await nextSequence(tx, organizationId)
}
