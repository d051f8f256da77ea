import { errors, jwtVerify } from 'jose'
import { readStored } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { bareToken, decodeToken } from '@/lib/trust/engine/token'
import { Grant } from '@/lib/trust/grant'
import { type Role, toRole } from '@/lib/trust/role'
import type { Context } from '../context'
import { signingAlgorithm, signingKey } from '../installation/signing-key'

/** A row of an access token with what must still be there for it to count. */
export const accessTokenInclude = {
  identity: { select: { id: true, name: true, role: true, organizationId: true } },
  trust: { select: { id: true, name: true, enabled: true, grant: true } },
  tokenAuth: { select: { id: true, grant: true } },
} as const

/** Who an access token belongs to: an identity, or the issuer whose token was exchanged for it. */
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
  const id = await verifiedId(ctx, token)
  const row = await ctx.db.accessToken.findUnique({ where: { id }, include: accessTokenInclude })
  if (!row)
    throw dead('The access token is not known here, or what it was issued through has been removed.', 'token_unknown')
  if (row.revokedAt) throw dead('The access token has been revoked.', 'token_revoked')
  if (row.expiresAt <= ctx.now()) throw dead('The access token has expired.', 'access_token_expired')
  const holder = holderOf(row)
  if (!holder) throw dead('The access token belongs to no identity or issuer here.', 'token_unknown')
  return { ...row, organizationId: row.identity?.organizationId ?? row.organizationId, holder }
}

export type AccessTokenRow = Awaited<ReturnType<typeof readAccessToken>>

async function verifiedId(ctx: Context, sent: string): Promise<string> {
  const token = bareToken(sent)
  const key = await signingKey(ctx.db)
  try {
    // jose takes padding and a second spelling of the last character; one token has one text (RFC 7515 §2).
    if (decodeToken(token).kind !== 'jws') throw new TypeError('not the text that was signed')
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [signingAlgorithm],
      typ: 'at+jwt',
      requiredClaims: ['jti', 'sub', 'exp'],
      currentDate: ctx.now(),
    })
    if (typeof payload.jti === 'string') return payload.jti
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw dead('The access token has expired.', 'access_token_expired')
  }
  throw dead('The access token is not one this server issued.', 'token_invalid')
}

/** 401, so that SDKs log in again. */
export const dead = (message: string, reason: string) => new AppError('unauthenticated', message, { reason })
