/** Paths that must not follow a sign-in: they would begin another. */
const beforeSignIn = ['/sign-in', '/setup', '/idps']

/**
 * Returns the path of this site that `text` leads to, with its query, normalised as by a browser; `/` for everything
 * else: other sites (`//evil`, `/\evil`, `/x/..//evil`, `https:`), text that later decoding would make one (`/%2Fevil`,
 * `/%5Cevil`), and paths that begin a sign-in. Used for every redirect target from outside.
 */
export function ownPath(text: string | null | undefined): string {
  // Browsers strip these characters (tabs, line ends) or read them as a slash; no path of ours has one.
  if (!text || text.length > 2_000 || !/^\/[^\\\s\p{C}]*$/u.test(text)) return '/'
  const here = 'http://here.invalid'
  if (!URL.canParse(text, here)) return '/'
  const { origin, pathname, search } = new URL(text, here)
  const decoded = wholeDecoded(pathname)
  if (origin !== here || decoded === null) return '/'
  return beforeSignIn.some((page) => decoded === page || decoded.startsWith(`${page}/`)) ? '/' : pathname + search
}

/** Decodes a path repeatedly; null where that yields an empty segment, a backslash or dots. */
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
