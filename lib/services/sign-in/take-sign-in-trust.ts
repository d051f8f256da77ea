import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import type { Trust } from '@/lib/trust/trust'
import { findTrustIn } from '../trust/find-trust'

/**
 * A sign-in trust whose row is held until the transaction ends, and which stays as it was: links of people and changes of
 * the trust take turns, so who may change it is asked of the links there are.
 * @throws AppError `not-found`
 */
export async function takeSignInTrust(tx: Tx, organizationId: string, id: string): Promise<Trust> {
  for (;;) {
    const trust = await findTrustIn(tx, organizationId, { id })
    if (!signInOptionsOf(trust)) throw notFound('There is no provider with that id.')
    const { version, updatedAt } = trust
    // Writing, not reading, holds the row. Whoever waited for a change looks again, at what the change has left.
    const { count } = await tx.trust.updateMany({ where: { id, version }, data: { updatedAt } })
    if (count > 0) return trust
  }
}
