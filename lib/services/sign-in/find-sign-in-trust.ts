import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import type { Trust } from '@/lib/trust/trust'
import { findTrustIn } from '../trust/find-trust'

/** A sign-in trust of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findSignInTrustIn(db: Pick<Tx, 'trust'>, organizationId: string, id: string): Promise<Trust> {
  const trust = await findTrustIn(db, organizationId, { id })
  if (!signInOptionsOf(trust)) throw notFound('There is no provider with that id.')
  return trust
}
