import { isId } from '@/lib/ids'
import { decodeToken, tokenCharactersMax } from '@/lib/trust/engine/token'
import { accessTokenType } from '../access-token/sign-access-token'
import type { Context } from '../context'
import { recordUseSoon } from './decoy-uses'

/**
 * Looks whether a token that is being refused is a decoy, and raises the alarm if it is. Every refused token in the form of an access token is looked
 * up by one statement, and what follows is done once the request has been answered, so that its caller cannot tell.
 */
export async function noticeDecoy(ctx: Context, sent: string): Promise<void> {
  for (const token of tokensIn(sent)) {
    const id = decoyIdOf(token)
    const decoy = id === null ? null : await ctx.db.decoyToken.findUnique({ where: { id }, select: { id: true } })
    if (decoy) return recordUseSoon(ctx, decoy.id, token)
  }
}

/** Tokens that are looked for in one text. */
const tokensMax = 3

/** What may be a token in a text, whatever stands around it: a scheme, quotes, a password's colon. */
const tokensIn = (sent: string): string[] =>
  sent
    .slice(0, 2 * tokenCharactersMax)
    .split(/[^\w.-]+/)
    .filter((text) => text.includes('.'))
    .slice(0, tokensMax)

/**
 * The `jti` of a token in the form of ours. Its signature is not looked at, and may be cut off: keys are replaced, logs leave signatures out, and a decoy
 * that was altered was found as well.
 */
function decoyIdOf(token: string): string | null {
  const [first = '', second = ''] = token.split('.')
  const { kind, header, claims } = decodeToken(`${first}.${second}.${anySignature}`)
  if (kind !== 'jws' || !header.ok || !claims.ok || header.value.typ !== accessTokenType) return null
  const { jti } = claims.value
  return typeof jti === 'string' && isId(jti) ? jti.toLowerCase() : null
}

const anySignature = 'AA'
