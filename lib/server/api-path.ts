/** Where APIs live; what is not under these is a page. */
const apiPath = /^\/(?:api|admin|management|auth|v2|\.well-known)\//

/**
 * A request's URL as the APIs' clients mean it: a slash at the end of the path does not count (INFISICAL.md). Next would
 * answer it with a redirect, which many clients do not follow with their body.
 */
export function withoutTrailingSlash(url: string): string {
  if (!apiPath.test(url)) return url
  const [path = '', ...query] = url.split('?')
  return [path.replace(/\/+$/, ''), ...query].join('?')
}

/** Whether a URL's path is validly percent-encoded (RFC 3986 §2.1). Next fails on one that is not. */
export function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?')[0] ?? '')
    return true
  } catch {
    return false
  }
}
