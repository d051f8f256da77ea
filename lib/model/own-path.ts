/** Pages and addresses that must not be gone to after a sign-in: they would begin another. */
const beforeSignIn = ['/sign-in', '/setup', '/idps']

/**
 * The path of this site that `text` leads to, with its query, as a browser would normalise it; `/` for everything else: other
 * sites (`//evil`, `/\evil`, `/x/..//evil`, `https:`), what only later decoding would make one (`/%2Fevil`, `/%5Cevil`), and what
 * would begin a sign-in again. Used wherever an address to go to comes from outside.
 */
export function ownPath(text: string | null | undefined): string {
  // What browsers strip (tabs, line ends) or read as a slash is in no path of ours.
  if (!text || text.length > 2_000 || !/^\/[^\\\s\p{C}]*$/u.test(text)) return '/'
  const here = 'http://here.invalid'
  if (!URL.canParse(text, here)) return '/'
  const { origin, pathname, search } = new URL(text, here)
  const decoded = wholeDecoded(pathname)
  if (origin !== here || decoded === null) return '/'
  return beforeSignIn.some((page) => decoded === page || decoded.startsWith(`${page}/`)) ? '/' : pathname + search
}

/** A path decoded until nothing is left to decode; null where an empty segment, a backslash or dots come out of it. */
function wholeDecoded(pathname: string): string | null {
  let path = pathname
  for (let times = 0; times < 5; times++) {
    if (/\/\/|\\|\p{C}|\/\.{1,2}(?:\/|$)/u.test(path)) return null
    const decoded = decodedOf(path)
    if (decoded === null) return null
    if (decoded === path) return path
    path = decoded
  }
  return null
}

function decodedOf(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
