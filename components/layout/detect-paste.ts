import { holdsToken } from '@/lib/trust/holds-token'

/** Text pasted into the palette, if it can be opened. */
export type Detected = { kind: 'token'; token: string } | { kind: 'decision'; reqId: string }

/**
 * Detects a JWT (two or more base64url segments of which the first begins like a JSON object), with or without
 * `Bearer`, quotes and line breaks; or a request id. Text with a token in it, whole or cut, is taken whole: the tester finds it. Does not judge.
 */
export function detectPaste(text: string): Detected | null {
  const bare = text.replaceAll(/["'\s]/g, '').replace(/^(?:Authorization:)?Bearer/i, '')
  if (/^req-[A-Za-z0-9_-]{4,64}$/.test(bare)) return { kind: 'decision', reqId: bare }
  // "eyJ" is base64url of `{"`, "ew" of `{` followed by white space.
  if (/^(?:eyJ|ew)[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){0,3}$/.test(bare) && bare.length <= 64 * 1024)
    return { kind: 'token', token: bare }
  return holdsToken(text) ? { kind: 'token', token: text } : null
}
