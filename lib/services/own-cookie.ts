import { env } from '@/lib/env'

/** Our cookies; the session's is written by better-auth, under the same name and attributes. */
export type CookieName = 'session_token' | 'sign-in' | 'device' | 'second-step' | 'passkey'

const isSecure = () => env().PUBLIC_URL.startsWith('https:')

/** The prefix of our cookies' names: browsers take `__Host-` from this host alone, over TLS, for all of its paths. */
export const cookiePrefix = () => `${isSecure() ? '__Host-' : ''}keybound`

export const cookieName = (name: CookieName) => `${cookiePrefix()}.${name}`

/** Attributes of every cookie of ours: never a `Domain`, always the path `/`, `Secure` where the address is https. */
export const cookieAttributes = () => ({ path: '/', httpOnly: true, secure: isSecure() })

/** A `Set-Cookie` line. */
export function ownCookie(
  name: CookieName,
  value: string,
  { maxAgeSeconds, sameSite }: { maxAgeSeconds: number; sameSite: 'Lax' | 'Strict' },
): string {
  const secure = isSecure() ? '; Secure' : ''
  return `${cookieName(name)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=${sameSite}${secure}`
}

/** The `Set-Cookie` line that makes a browser forget one. */
export const expiredCookie = (name: CookieName) => ownCookie(name, '', { maxAgeSeconds: 0, sameSite: 'Strict' })

/** Values of one of our cookies in a request. */
export function cookieIn(headers: Headers, name: CookieName): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (pair.slice(0, at).trim() === cookieName(name)) return pair.slice(at + 1).trim() || null
  }
  return null
}
