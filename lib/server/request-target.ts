/** Where a request goes: `path` and `search` as sent, and the path's segments, decoded. */
export type Target = { path: string; search: string; steps: string[]; host: string | null }

/**
 * Reads a request target in origin-form or absolute-form (RFC 9112 §3.2). Null for what is neither, and for a path that is not
 * validly percent-encoded (RFC 3986 §2.1). `host` is the authority of an absolute-form, which replaces `Host`.
 */
export function readTarget(url: string): Target | null {
  const absolute = /^https?:\/\/([^/?#@\\]+)(?=[/?#]|$)/i.exec(url)
  if (!absolute && !url.startsWith('/')) return null
  const [afterHost = ''] = url.slice(absolute?.[0].length ?? 0).split('#')
  const query = afterHost.indexOf('?')
  const path = (query < 0 ? afterHost : afterHost.slice(0, query)) || '/'
  const steps = decodedSteps(path)
  return steps && { path, search: query < 0 ? '' : afterHost.slice(query), steps, host: absolute?.[1] ?? null }
}

/** Segments of a path; slashes at its end do not count (docs/apis/infisical.md). A segment may hold an encoded slash. */
function decodedSteps(path: string): string[] | null {
  let end = path.length
  // Not a regular expression: it would try every run of slashes again from each of its slashes.
  while (path[end - 1] === '/') end--
  const steps = path.slice(1, end).split('/')
  if (!path.includes('%')) return steps
  try {
    return steps.map(decodeURIComponent)
  } catch {
    return null
  }
}
