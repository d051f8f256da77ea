/** What someone pasted into the palette, if it is something we can open. */
export type Detected = { kind: 'token'; token: string } | { kind: 'decision'; reqId: string }

/**
 * A JWT (or what looks like one: two or more base64url segments of which the first begins like a JSON object), with or
 * without `Bearer`, quotes and line breaks; or a request id. Only looks: the tester judges.
 */
export function detectPaste(text: string): Detected | null {
  if (text.length > 64 * 1024) return null
  const bare = text.replaceAll(/["'\s]/g, '').replace(/^(?:Authorization:)?Bearer/i, '')
  if (/^req-[A-Za-z0-9_-]{4,64}$/.test(bare)) return { kind: 'decision', reqId: bare }
  // "eyJ" is how base64url spells `{"`, and "ew" `{` followed by white space.
  if (/^(?:eyJ|ew)[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){0,3}$/.test(bare))
    return { kind: 'token', token: bare }
  return null
}
