/** Pages without a session: a 401 there must not redirect again. */
const openPages = ['/sign-in', '/setup']

/**
 * Returns the sign-in page that leads back to `location`; null when this is it. Keeps path and query, not the fragment.
 */
export function signInHref(location: Pick<Location, 'pathname' | 'search'>): string | null {
  const { pathname, search } = location
  if (openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`))) return null
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}
