import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import type { JsonValue } from '@/lib/trust/json/json'
import { requireActor } from '../access'
import type { Context } from '../context'
import { requireCarried } from './carried'
import { readAccessToken } from './read-access-token'
import { countExactly } from './use-access-token'

/** RFC 7662 §2.2: nothing but `active: false` is said of a token that does not count. */
export type Introspection =
  | { active: false }
  | {
      active: true
      token_type: 'Bearer'
      iss: string
      aud: string
      sub: string
      jti: string
      iat: number
      exp: number
      client_id: string
      username: string
      organizationId: string
      authMethod: string
      uses: number
      uses_max: number
      /** Claims of the login token, exact: issuer, subject, roles, prm. */
      [carried: string]: JsonValue
    }

/**
 * Whether an access token counts, for a resource server, which must itself be signed in (RFC 7662 §2.1). Tokens of
 * another organization are inactive to it.
 * @param countUse whether asking is a use
 */
export async function introspectAccessToken(ctx: Context, token: string, countUse: boolean): Promise<Introspection> {
  const { organizationId } = requireActor(ctx)
  try {
    const row = await readAccessToken(ctx, token)
    if (row.organizationId !== organizationId) return { active: false }
    if (row.usesMax !== 0 && row.uses >= row.usesMax) return { active: false }
    const carried = requireCarried(row)
    // The token is used where its holder is, not where the resource server asks from: no address is looked at.
    if (countUse) await countExactly(ctx, row)
    return {
      ...carried,
      active: true,
      token_type: 'Bearer',
      iss: env().PUBLIC_URL,
      aud: env().PUBLIC_URL,
      sub: row.holder.id,
      jti: row.id,
      iat: toEpochSeconds(row.renewedAt ?? row.createdAt),
      exp: toEpochSeconds(row.expiresAt),
      client_id: row.holder.id,
      username: row.holder.name,
      organizationId,
      authMethod: row.method,
      uses: countUse ? row.uses + 1 : row.uses,
      uses_max: row.usesMax,
    }
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'unauthenticated' || error.kind === 'forbidden')) {
      return { active: false }
    }
    throw error
  }
}
