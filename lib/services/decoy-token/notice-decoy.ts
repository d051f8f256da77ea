import { isId } from '@/lib/ids'
import { decodeToken } from '@/lib/trust/engine/token'
import { accessTokenType } from '../access-token/sign-access-token'
import type { Context } from '../context'
import { recordUseSoon } from './decoy-uses'

/**
 * Looks whether a token that is being refused is a decoy, and raises the alarm if it is. Every refused token in the form of an access token is looked
 * up by one statement, and what follows is done once the request has been answered, so that its caller cannot tell.
 */
export async function noticeDecoy(ctx: Context, sent: string): Promise<void> {
  const id = decoyIdOf(sent)
  const decoy = id === null ? null : await ctx.db.decoyToken.findUnique({ where: { id }, select: { id: true } })
  if (decoy) recordUseSoon(ctx, decoy.id, sent)
}

/** The `jti` of a token in the form of ours. Its signature is not looked at: keys are replaced, and a decoy that was altered was found as well. */
function decoyIdOf(sent: string): string | null {
  const { kind, header, claims } = decodeToken(sent)
  if (kind !== 'jws' || !header.ok || !claims.ok || header.value.typ !== accessTokenType) return null
  const { jti } = claims.value
  return typeof jti === 'string' && isId(jti) ? jti.toLowerCase() : null
}
