import { z } from 'zod'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'
import type { Justification } from './judge-change'
import { updateTrust } from './update-trust'

export const TrustVersionsQuery = z.strictObject({
  /** Only versions before that one. */
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Versions of a trust, newest first; also of one that was removed. @throws AppError `not-found` where there are none */
export async function listTrustVersions(ctx: Context, trustId: string, query: z.input<typeof TrustVersionsQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { before, limit } = TrustVersionsQuery.parse(query)
  if (!isId(trustId)) throw unknown()
  const rows = await ctx.db.trustVersion.findMany({
    where: { organizationId, trustId, ...(before === undefined ? {} : { version: { lt: before } }) },
    orderBy: [{ trustId: 'desc' }, { version: 'desc' }],
    take: limit + 1,
    omit: { content: true },
  })
  if (rows.length === 0 && before === undefined) throw unknown()
  const last = rows[limit - 1]
  return { versions: rows.slice(0, limit), next: rows.length > limit && last ? last.version : null }
}

/** A trust as it was. @throws AppError `not-found` */
export async function getTrustVersion(ctx: Context, trustId: string, version: number): Promise<Trust> {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = isId(trustId)
    ? await ctx.db.trustVersion.findFirst({ where: { organizationId, trustId, version } })
    : null
  const trust = row && toTrustOfVersion(row)
  if (!trust) throw unknown()
  return trust
}

/**
 * Makes a trust again what it was in a version, as a change of now: with a version of its own, the same checks, and an audit entry. Its name
 * and its identity stay.
 * @throws AppError as `updateTrust`; `rule` for a version that cannot be read
 */
export async function restoreTrustVersion(
  ctx: Context,
  { trustId, version, versionExpected }: { trustId: string; version: number; versionExpected: number | null },
  justification: Justification,
): Promise<Trust> {
  requireAccess(ctx, 'write')
  const then = await getTrustVersion(ctx, trustId, version)
  if (then.unreadable) throw new AppError('rule', `Version ${version} cannot be read, so it cannot be restored.`)
  const change = ({ name, identityId }: Trust) => ({ ...then, name, identityId })
  return updateTrust(ctx, { id: trustId }, change, versionExpected, { justification })
}

const unknown = () => notFound('There is no such version of a trust.')
