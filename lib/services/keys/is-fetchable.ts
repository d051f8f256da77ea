import { env } from '@/lib/env'
import type { AllowedOrigin } from '@/lib/net/allow-list'
import { isAllowedOrigin, parseAllowedOrigins } from '@/lib/net/allow-list'

/**
 * Whether keys may ever be fetched from a URL, as far as its text says: https, or an origin or range that the operator
 * allows plain http for. Where the name leads to is asked at the fetch.
 */
export function isFetchable(url: URL, allowed: readonly AllowedOrigin[] = allowedOrigins()): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && (isAllowedOrigin(url, allowed) || allowed.some(({ kind }) => kind === 'range'))
}

const allowedOrigins = () => parseAllowedOrigins(env().KEY_FETCH_ALLOWED_ORIGINS)
