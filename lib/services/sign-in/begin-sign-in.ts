import { toTrust } from '@/lib/db/trust-row'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { ownPath } from '@/lib/model/own-path'
import { signIn } from '@/lib/trust/kinds'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { addressKey } from '../address-key'
import { attempts } from '../attempts'
import type { Context } from '../context'
import { ownCookie } from '../own-cookie'
import { gatewayAddress } from './gateway-address'
import { openSignInOf } from './open-sign-in'
import { isSecret, newSecret } from './sign-in-secret'
import { intentSeconds, storeIntent } from './store-intent'

/** Sign-ins that one address may begin in a minute: each writes a row before any token was judged. */
const begun = attempts('sign-ins begun from this address', { name: 'provider.begin', points: 120, seconds: 60 })

/**
 * Begins a sign-in to the dashboard.
 * @param browser the browser's secret from an earlier start, or null; two tabs of one browser may sign in side by side
 * @param next the path to open in the end
 * @returns where to send the browser, and the cookies to set
 * @throws AppError `not-found` (no such provider, inactive, or not offered), `too-many`
 */
export async function beginSignIn(
  ctx: Context,
  { trustId, next, browser }: { trustId: string; next: string | null; browser: string | null },
): Promise<{ location: string; cookies: string[] }> {
  await begun.count(addressKey(ctx.ip))
  const row = isId(trustId)
    ? await ctx.db.trust.findFirst({ where: { id: trustId, kind: signIn.kind, enabled: true } })
    : null
  const trust = row && toTrust(row)
  const options = trust && openSignInOf(trust)
  if (!trust || !options) throw notFound('This provider is not open for sign-ins now.')
  const secret = browser && isSecret(browser) ? browser : newSecret()
  const intentId = await storeIntent(ctx.db, ctx, trust, {
    purpose: 'session',
    browserHash: await sha256Hex(secret),
    successUrl: ownPath(next),
  })
  return { location: await gatewayAddress(options.jwtEndpoint, intentId), cookies: [cookieOf(secret)] }
}

/** The cookie that ties a sign-in to the browser that began it. */
const cookieOf = (secret: string) => ownCookie('sign-in', secret, { maxAgeSeconds: intentSeconds, sameSite: 'Lax' })
