import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { ipInRange } from '@/lib/trust/ip-range'
import { record } from '../audit/record'
import type { Actor, Context } from '../context'
import { type AccessTokenRow, dead, type Holder, readAccessToken } from './read-access-token'

/** How stale "last used" may be for a token without a limit, so that reading does not always write. */
const lastUsedStaleMs = 60_000

/**
 * Turns a bearer token into an actor, and counts the use: N uses allowed means that N succeed, also at once and across
 * processes. Addresses are asked of the trust as it is now.
 * @param holderId whom it must belong to; undefined = any holder
 * @throws AppError `unauthenticated` (dead, used up, of another holder), `forbidden` (address)
 */
export async function useAccessToken(
  ctx: Context,
  token: string,
  holderId?: string,
): Promise<{ actor: Actor; organizationId: string }> {
  const row = await readAccessToken(ctx, token)
  if (holderId !== undefined && row.holder.id !== holderId) {
    throw dead('The access token belongs to another holder.', 'token_invalid')
  }
  await requireTrustedAddress(ctx, row)
  await countUse(ctx, row)
  return {
    organizationId: row.organizationId,
    actor: toActor(row.holder, row.id),
  }
}

export function toActor({ kind, id, name, role }: Holder, accessTokenId: string): Actor {
  if (kind === 'issuer') return { kind, id, name, role: 'no-access', accessTokenId }
  return { kind, id, name, role, accessTokenId }
}

/**
 * Addresses are asked of the trust as it is now. A token at the wrong address may be a stolen one, so that is on record.
 * @throws AppError `forbidden`
 */
export async function requireTrustedAddress(ctx: Context, row: AccessTokenRow) {
  const { ip } = ctx
  const { trustedIps } = row.grant
  if (ip !== null && trustedIps.some((range) => ipInRange(ip, range))) return
  const message = `This access token must not be used from ${ip ?? 'an unknown address'}.`
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'access.refused',
      organizationId: row.organizationId,
      actor: toActor(row.holder, row.id),
      target: { kind: 'access-token', id: row.id, name: row.name ?? row.holder.name },
      after: { message },
    }),
  )
  throw new AppError('forbidden', message, { reason: 'ip_not_trusted' })
}

async function countUse(ctx: Context, row: { id: string; usesMax: number; lastUsedAt: Date | null }) {
  const isFresh = row.lastUsedAt && ctx.now().getTime() - row.lastUsedAt.getTime() < lastUsedStaleMs
  if (row.usesMax === 0 && isFresh) return
  await countExactly(ctx, row)
}

/** Counts one use, whatever the limit. @throws AppError `unauthenticated` (used up) */
export async function countExactly(ctx: Context, row: { id: string; usesMax: number }) {
  const { count } = await inTransaction(ctx, (tx) =>
    tx.accessToken.updateMany({
      where: { id: row.id, revokedAt: null, ...(row.usesMax === 0 ? {} : { uses: { lt: row.usesMax } }) },
      data: { uses: { increment: 1 }, lastUsedAt: ctx.now() },
    }),
  )
  if (count === 0) throw dead('The access token has been used as often as it may be.', 'token_used_up')
}
