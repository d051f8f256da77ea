/** Pages for people who are not signed in: being refused there must not send them in circles. */
const openPages = ['/sign-in', '/setup']

/** Where to sign in and come back to `location`; null when the reader is there already. Carries path and query, never the fragment. */
export function signInHref(location: Pick<Location, 'pathname' | 'search'>): string | null {
  const { pathname, search } = location
  if (openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`))) return null
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}

/** The page to open after sign-in: `next` if it is a path of this site, else the start page. Defeats open redirects (`//evil`, `/\evil`, `https:`). */
export function nextPath(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return '/'
  const here = 'http://here.invalid'
  if (!URL.canParse(next, here)) return '/'
  const url = new URL(next, here)
  if (url.origin !== here) return '/'
  return openPages.some((page) => url.pathname.startsWith(page)) ? '/' : url.pathname + url.search
}
