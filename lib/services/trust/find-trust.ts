import type { Tx } from '@/lib/db/client'
import { toTrust } from '@/lib/db/trust-row'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { definitionOf, type Kind } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'

/** @throws AppError `not-found` when there is none in the actor's organization */
export async function getTrust(ctx: Context, id: string): Promise<Trust> {
  return getTrustBy(ctx, { id })
}

/** As `getTrust`, however the trust is named. */
export async function getTrustBy(ctx: Context, key: TrustKey): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'read')
  return findTrustIn(ctx.db, organizationId, key)
}

/** The trust by which an identity logs in, of one kind. @throws AppError `not-found` */
export async function getTrustOfIdentity(ctx: Context, identityId: string, kind: Kind): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'read')
  return findTrustIn(ctx.db, organizationId, { identityId, kind })
}

/** How a trust is named: by its own id, by its place on an identity, or, for a standalone issuer, by its `iss`. */
export type TrustKey =
  | { id: string; kind?: Kind }
  | { identityId: string; kind: Kind }
  | { soleIssuer: string; kind: Kind }

/** A trust of an organization, inside or outside a transaction. @throws AppError `not-found` */
export async function findTrustIn(db: Pick<Tx, 'trust'>, organizationId: string, key: TrustKey): Promise<Trust> {
  const wellFormed = 'soleIssuer' in key || isId('id' in key ? key.id : key.identityId)
  const row = wellFormed ? await db.trust.findFirst({ where: { ...key, organizationId } }) : null
  if (row) return toTrust(row)
  throw notFound(key.kind ? definitionOf(key.kind).notFound : 'There is no trust with that id.')
}
