import { loginStoreOf } from '@/lib/db/login-store/stores'
import { readStored } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { decodeToken } from '@/lib/trust/engine/token'
import { Grant } from '@/lib/trust/grant'
import { type Role, toRole } from '@/lib/trust/role'
import { signatures } from '@/lib/trust/signatures'
import type { Context } from '../context'
import { noticeDecoy } from '../decoy-token/notice-decoy'
import { acceptedKey, signingAlgorithm } from '../installation/signing-key'
import { accessTokenType } from './sign-access-token'

/** The holder of an access token: an identity, or the issuer whose token was exchanged for it. */
export type Holder = { kind: 'identity' | 'issuer'; id: string; name: string; role: Role }

/** Returns the holder of a row; one of an issuer has no role. Null for a row without a holder. */
export function holderOf({ identity, trust }: HolderParts): Holder | null {
  if (identity) return { kind: 'identity', id: identity.id, name: identity.name, role: toRole(identity.role) }
  return trust && { kind: 'issuer', id: trust.id, name: trust.name, role: 'no-access' }
}

type HolderParts = {
  identity: { id: string; name: string; role: string } | null
  trust: { id: string; name: string } | null
}

/**
 * The row behind an access token that is genuine, unexpired, unrevoked, and whose identity and method still exist and are
 * enabled. Says nothing of uses or addresses, and changes nothing.
 * @throws AppError `unauthenticated`, with a reason that an SDK answers by logging in again
 */
export async function readAccessToken(ctx: Context, token: string) {
  const row = await findIssuedToken(ctx, token)
  const grant = row.trust?.grant ?? row.tokenAuth?.grant
  if (!grant || row.trust?.enabled === false) {
    throw dead('What the access token was issued through has been switched off or removed.', 'method_gone')
  }
  const stored = readStored(grant, Grant)
  if (!stored.readable) {
    throw dead('What the access token was issued through cannot be read any more.', 'method_gone')
  }
  return { ...row, grant: stored.value }
}

/**
 * As `readAccessToken`, whatever became of the method: a token whose trust is switched off for now can still be revoked.
 * @throws AppError `unauthenticated`
 */
export async function findIssuedToken(ctx: Context, token: string) {
  const row = await findRow(ctx, token).catch(async (error) => {
    await noticeDecoy(ctx, token)
    throw error
  })
  if (row.revokedAt) throw dead('The access token has been revoked.', 'token_revoked')
  if (row.expiresAt <= ctx.now()) throw dead('The access token has expired.', 'access_token_expired')
  const holder = holderOf(row)
  if (!holder) throw dead('The access token belongs to no identity or issuer here.', 'token_unknown')
  return { ...row, organizationId: row.identity?.organizationId ?? row.organizationId, holder }
}

export type AccessTokenRow = Awaited<ReturnType<typeof readAccessToken>>

async function findRow(ctx: Context, token: string) {
  const row = await loginStoreOf(ctx.db).accessToken(await verifiedId(ctx, token))
  if (row) return row
  throw dead('The access token is not known here, or what it was issued through has been removed.', 'token_unknown')
}

async function verifiedId(ctx: Context, sent: string): Promise<string> {
  const { kind, text, header, claims } = decodeToken(sent)
  const { alg, typ, kid } = kind === 'jws' && header.ok ? header.value : {}
  const isOfOurs = alg === signingAlgorithm && typ === accessTokenType && typeof kid === 'string'
  const key = isOfOurs ? await acceptedKey(ctx.db, kid, ctx.now()) : null
  const isOurs = key !== null && (await signatures().verify(text, signingAlgorithm, key.publicKey))
  const { jti, sub, exp } = isOurs && claims.ok ? claims.value : {}
  if (typeof jti !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') {
    throw dead('The access token is not one this server issued.', 'token_invalid')
  }
  if (exp <= ctx.now().getTime() / 1000) throw dead('The access token has expired.', 'access_token_expired')
  return jti
}

/** 401, so that SDKs log in again. */
export const dead = (message: string, reason: string) => new AppError('unauthenticated', message, { reason })
