/** Where APIs live; what is not under these is a page. */
const apiPath = /^\/(?:api|admin|management|auth|v2|\.well-known)\//

/**
 * A request's URL as the APIs' clients mean it: a slash at the end of the path does not count (INFISICAL.md). Next would
 * answer it with a redirect, which many clients do not follow with their body.
 */
export function withoutTrailingSlash(url: string): string {
  if (!apiPath.test(url)) return url
  const [path = '', ...query] = url.split('?')
  return [path.slice(0, endWithoutSlashes(path)), ...query].join('?')
}

/** Walks from the end: a regular expression would try every run of slashes again from each of its slashes. */
function endWithoutSlashes(path: string): number {
  let end = path.length
  while (path[end - 1] === '/') end--
  return end
}

/**
 * Whether a request's target is a path that is validly percent-encoded (RFC 3986 §2.1). Next fails on one that is not, and on
 * `*` (RFC 9112 §3.2.4), which no method here takes.
 */
export function isReadable(url: string): boolean {
  if (url === '*') return false
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return true
  } catch {
    return false
  }
}
