/** Patterns of facts that several issuers send: regular expressions for `Fact.pattern`. */

export const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** A positive whole number, as databases count rows. */
export const decimalId = '[1-9][0-9]*'

export const commitSha = '[0-9a-f]{40}'

/** A name of a branch or tag: what `git check-ref-format` forbids is left out, so it holds no colon and no space. */
export const refName = '[^\\x00-\\x20\\x7f~^:?*\\[\\\\]+'

export const gitRef = `refs/(?:heads|tags|pull)/${refName}`

/** A host name with at least two labels, and perhaps a port. */
export const host = '[a-z0-9-]+(?:\\.[a-z0-9-]+)+(?::[0-9]+)?'

/** A host, and perhaps the path under which an installation answers; without a slash at the end. */
export const baseAddress = `${host}(?:/[A-Za-z0-9._~-]+)*`

/** Lower-case words joined by hyphens: a name that a platform makes of what a person typed. */
export const slug = '[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?'

export const email = '[^\\x00-\\x20\\x7f@:]+@[^\\x00-\\x20\\x7f@:]+'

/** A text without white space. */
export const nonBlank = '[^\\x00-\\x20\\x7f]+'

/** Any text of one line. */
export const line = '[^\\x00-\\x1f\\x7f]+'
