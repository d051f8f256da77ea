import { inTransaction } from '@/lib/db/transaction'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { grantedSeconds } from '@/lib/trust/grant'
import { record } from '../audit/record'
import type { Context } from '../context'
import { requireCarried } from './carried'
import type { IssuedToken } from './issue-access-token'
import { dead, readAccessToken } from './read-access-token'
import { signAccessToken } from './sign-access-token'
import { requireTrustedAddress, toActor } from './use-access-token'

/**
 * Renews an access token: same id and count of uses, a new expiry, never past the maximum TTL counted from first issue.
 * @throws AppError `unauthenticated` when expired, revoked, used up, or at its maximum; `forbidden` (address)
 */
export async function renewAccessToken(ctx: Context, token: string): Promise<IssuedToken> {
  const row = await readAccessToken(ctx, token)
  await requireTrustedAddress(ctx, row)
  if (row.usesMax !== 0 && row.uses >= row.usesMax) {
    throw dead('The access token has been used as often as it may be.', 'token_used_up')
  }
  const { grant } = row
  const now = toEpochSeconds(ctx.now()) * 1000
  const expiresAt = new Date(Math.min(now + grantedSeconds(grant) * 1000, row.maxExpiresAt.getTime()))
  const expiresIn = (expiresAt.getTime() - now) / 1000
  if (expiresIn <= 0) throw dead('The access token has reached its maximum TTL. Log in again.', 'token_max_ttl')
  const { organizationId } = row
  const more = requireCarried(row)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.accessToken.updateMany({
      where: { id: row.id, revokedAt: null },
      data: { expiresAt, renewedAt: ctx.now() },
    })
    if (count === 0) throw dead('The access token has been revoked.', 'token_revoked')
    await record(tx, ctx, {
      action: 'access-token.renewed',
      organizationId,
      actor: toActor(row.holder, row.id),
      target: { kind: 'access-token', id: row.id, name: row.name ?? row.holder.name },
      before: { expiresAt: row.expiresAt },
      after: { expiresAt },
    })
  })
  const accessToken = await signAccessToken(ctx, {
    id: row.id,
    holder: row.holder,
    organizationId,
    method: row.method,
    more,
    issuedAt: new Date(now),
    expiresAt,
  })
  return { id: row.id, accessToken, expiresIn, accessTokenMaxTtl: grant.ttlSecondsMax }
}
