import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { toTrust } from '@/lib/db/trust-row'
import { env } from '@/lib/env'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { openSignInOf } from '@/lib/trust/sign-in-options'
import type { Context } from '../context'
import { sha256Hex } from '../sha256-hex'
import { gatewayAddress } from './gateway-address'
import { isSecret, newSecret } from './sign-in-secret'
import { intentSeconds, storeIntent } from './store-intent'

/** The cookie that ties a sign-in to the browser that began it. */
export const browserCookie = 'keybound.sign-in'

/** Sign-ins that one address may begin in a minute: each is a row that nobody has signed for yet. */
const limiter = new RateLimiterMemory({ points: 120, duration: 60, keyPrefix: 'begin-sign-in' })

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
  await limiter.consume(ctx.ip ?? 'unknown').catch((rejection) => {
    throw rejection instanceof RateLimiterRes ? tooMany(rejection) : rejection
  })
  const row = isId(trustId)
    ? await ctx.db.trust.findFirst({ where: { id: trustId, method: 'sign-in', enabled: true } })
    : null
  const trust = row && toTrust(row)
  const options = trust && openSignInOf(trust)
  if (!trust || !options) throw notFound('Nobody signs in through this provider now.')
  const secret = browser && isSecret(browser) ? browser : newSecret()
  const intentId = await storeIntent(ctx, trust, {
    purpose: 'session',
    browserHash: await sha256Hex(secret),
    successUrl: ownPath(next),
  })
  return { location: await gatewayAddress(options.jwtEndpoint, intentId), cookies: [cookieOf(secret)] }
}

function cookieOf(secret: string): string {
  const secure = env().PUBLIC_URL.startsWith('https:') ? '; Secure' : ''
  return `${browserCookie}=${secret}; Path=/idps; Max-Age=${intentSeconds}; HttpOnly; SameSite=Lax${secure}`
}

/** A path of this site and nothing else: `//evil`, `/\evil` and `https:` lead to the start page. */
function ownPath(next: string | null): string {
  if (!next || next.length > 2000 || !/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(next)) return '/'
  const here = 'http://here.invalid'
  if (!URL.canParse(next, here)) return '/'
  const url = new URL(next, here)
  return url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search : '/'
}

function tooMany(spent: RateLimiterRes) {
  const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
  return new AppError('too-many', `Too many sign-ins begun from this address. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}
