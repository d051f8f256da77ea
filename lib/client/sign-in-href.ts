/** Pages for people who are not signed in: being refused there must not send them in circles. */
const openPages = ['/sign-in', '/setup']

/** Where to sign in and come back to `location`; null when the reader is there already. Carries path and query, never the fragment. */
export function signInHref(location: Pick<Location, 'pathname' | 'search'>): string | null {
  const { pathname, search } = location
  if (openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`))) return null
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}
