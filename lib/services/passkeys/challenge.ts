import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import type { Context } from '../context'
import { liveFor } from '../live-for'
import { cookieIn, ownCookie } from '../own-cookie'
import { newSecret } from '../sign-in/sign-in-secret'

const challengeSeconds = 300

/** The use of a challenge and its person; a sign-in begins without a person. */
type Use = { purpose: 'register'; userId: string } | { purpose: 'sign-in'; userId: null }

/** Stores a challenge that counts once, for five minutes, in the browser that gets the cookie. Removes some that are over. */
export async function storeChallenge(ctx: Context, use: Use, challenge: string): Promise<string> {
  const now = ctx.now()
  const [id, secret] = [newId(), newSecret()]
  await ctx.db.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: now } }, limit: 50 })
  await ctx.db.passkeyChallenge.create({
    data: {
      ...{ id, challenge, ...use },
      browserHash: await sha256Hex(secret),
      expiresAt: new Date(now.getTime() + challengeSeconds * 1000),
    },
  })
  return ownCookie('passkey', `${id}.${secret}`, { maxAgeSeconds: challengeSeconds, sameSite: 'Strict' })
}

/** The challenge of this browser, used up whatever comes of it; null where there is none for this use. */
export async function takeChallenge(db: Db, ctx: Context, use: Use, headers: Headers): Promise<string | null> {
  const [id = '', secret = ''] = cookieIn(headers, 'passkey')?.split('.') ?? []
  const where = { id, ...use, browserHash: await sha256Hex(secret), expiresAt: liveFor(ctx.now(), challengeSeconds) }
  const found = await db.passkeyChallenge.findFirst({ where })
  if (!found) return null
  // Of two who come at once, one removes it.
  const { count } = await db.passkeyChallenge.deleteMany({ where: { id } })
  return count > 0 ? found.challenge : null
}
