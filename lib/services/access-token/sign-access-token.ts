import { SignJWT } from 'jose'
import { env } from '@/lib/env'
import type { Context } from '../context'
import { signingAlgorithm, signingKey } from '../installation/signing-key'

export type AccessTokenClaims = {
  id: string
  identityId: string
  organizationId: string
  method: string
  issuedAt: Date
  expiresAt: Date
  /** Further claims that the trust puts into the token. */
  more?: Record<string, unknown>
}

/** An access token (RFC 9068 profile, `typ: at+jwt`), signed by this installation. The text is handed out, never kept. */
export async function signAccessToken(ctx: Context, claims: AccessTokenClaims): Promise<string> {
  const key = await signingKey(ctx.db)
  return new SignJWT({ ...claims.more, organizationId: claims.organizationId, authMethod: claims.method })
    .setProtectedHeader({ alg: signingAlgorithm, typ: 'at+jwt', kid: key.kid })
    .setIssuer(env().PUBLIC_URL)
    .setAudience(env().PUBLIC_URL)
    .setSubject(claims.identityId)
    .setJti(claims.id)
    .setIssuedAt(seconds(claims.issuedAt))
    .setExpirationTime(seconds(claims.expiresAt))
    .sign(key.privateKey)
}

const seconds = (instant: Date) => Math.floor(instant.getTime() / 1000)
