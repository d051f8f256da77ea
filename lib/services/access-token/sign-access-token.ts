import { env } from '@/lib/env'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { jsonText } from '@/lib/trust/json/json-text'
import { signatures } from '@/lib/trust/signatures'
import type { Context } from '../context'
import { signingAlgorithm, signingKey } from '../installation/signing-key'

export type AccessTokenClaims = {
  id: string
  /** The holder: an identity, or a trust without one. */
  holder: { kind: 'identity' | 'issuer'; id: string; name: string }
  organizationId: string
  method: string
  issuedAt: Date
  expiresAt: Date
  /** Further claims that the trust puts into the token; bigints are written exactly. */
  more?: Record<string, unknown>
}

/** An access token as RFC 9068 §2 has it (`typ: at+jwt`; the client is whom it belongs to), signed by this installation. The text is handed out, never kept. */
export async function signAccessToken(ctx: Context, claims: AccessTokenClaims): Promise<string> {
  const key = await signingKey(ctx.db, ctx.now())
  const payload = {
    ...claims.more,
    ...infisicalClaims(claims),
    organizationId: claims.organizationId,
    authMethod: claims.method,
    iss: env().PUBLIC_URL,
    aud: env().PUBLIC_URL,
    sub: claims.holder.id,
    client_id: claims.holder.id,
    jti: claims.id,
    iat: toEpochSeconds(claims.issuedAt),
    exp: toEpochSeconds(claims.expiresAt),
  }
  return signatures().sign(
    { alg: signingAlgorithm, typ: accessTokenType, kid: key.kid },
    jsonText(payload),
    key.privateKey,
  )
}

/** RFC 9068 §2.1. */
export const accessTokenType = 'at+jwt'

/** Claims of an access token that Infisical's CLI shows (`infisical login status`), under its names. */
function infisicalClaims({ id, holder, organizationId }: AccessTokenClaims) {
  if (holder.kind === 'issuer') return { orgId: organizationId }
  return {
    authTokenType: 'identityAccessToken',
    identityAccessTokenId: id,
    identityId: holder.id,
    identityName: holder.name,
    orgId: organizationId,
  }
}
