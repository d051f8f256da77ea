import type { AccessTokenRow } from '@/lib/db/login-store/login-rows'
import { newId } from '@/lib/ids'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { type Grant, grantedSeconds, grantedSecondsMax } from '@/lib/trust/grant'
import type { JsonObject } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import type { Context } from '../context'
import { signAccessToken } from './sign-access-token'

/** The answer to the caller; `expiresIn` and `accessTokenMaxTtl` in seconds, and `expiresIn` is what was signed. */
export type IssuedToken = { id: string; accessToken: string; expiresIn: number; accessTokenMaxTtl: number }

export type IssueInput = {
  organizationId: string
  /** Null for a token issued by a trust without an identity. */
  identity: { id: string; name: string } | null
  method: string
  grant: Grant
  trustId?: string
  tokenAuthId?: string
  name?: string
  /** The actor that issues it without a login. */
  issuedById?: string
  /** What the token says beyond who, where and when; kept with the row, so that renewal and introspection say it again. */
  kept?: JsonObject
}

/** Signs an access token, and returns it with the row that is to be stored before it is handed out. */
export async function issueAccessToken(
  ctx: Context,
  input: IssueInput,
): Promise<{ issued: IssuedToken; row: AccessTokenRow }> {
  const id = newId()
  // Whole seconds, as tokens count them, so that row and token expire together.
  const issuedAt = new Date(toEpochSeconds(ctx.now()) * 1000)
  const expiresIn = grantedSeconds(input.grant)
  const expiresAt = new Date(issuedAt.getTime() + expiresIn * 1000)
  const maxExpiresAt = new Date(issuedAt.getTime() + grantedSecondsMax(input.grant) * 1000)
  const accessToken = await signAccessToken(ctx, {
    id,
    holder: input.identity
      ? { kind: 'identity', ...input.identity }
      : { kind: 'issuer', id: input.trustId ?? id, name: input.name ?? '' },
    organizationId: input.organizationId,
    method: input.method,
    issuedAt,
    expiresAt,
    more: input.kept,
  })
  return {
    issued: { id, accessToken, expiresIn, accessTokenMaxTtl: input.grant.ttlSecondsMax },
    row: {
      id,
      organizationId: input.organizationId,
      identityId: input.identity?.id ?? null,
      trustId: input.trustId ?? null,
      tokenAuthId: input.tokenAuthId ?? null,
      method: input.method,
      name: input.name ?? null,
      issuedById: input.issuedById ?? null,
      claims: input.kept ? jsonText(input.kept) : null,
      createdAt: issuedAt,
      expiresAt,
      maxExpiresAt,
      usesMax: input.grant.usesMax,
    },
  }
}
