import type { Tx } from '@/lib/db/client'
import { notFound } from '@/lib/errors'
import { signIn } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { findTrustIn } from '../trust/find-trust'

export type SignInTrust = Extract<Trust, { kind: 'sign-in' }>

/** A sign-in trust of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findSignInTrustIn(
  db: Pick<Tx, 'trust'>,
  organizationId: string,
  id: string,
): Promise<SignInTrust> {
  const trust = await findTrustIn(db, organizationId, { id })
  if (!signIn.is(trust)) throw notFound(signIn.notFound)
  return trust
}
