import { memberSpans } from '@/lib/trust/json/member-spans'
import { decodeBase64url, decodeUtf8 } from '@/lib/trust/keys/base64url'

/** Characters of a token from `start` up to `end`, by their places in it. */
export type TokenRange = { start: number; end: number }

/** A top-level member of the header (0) or of the claims (1). */
export type PointedMember = { part: 0 | 1; name: string }

/**
 * Returns the characters of an encoded token that hold a top-level member of its header or claims: base64url has
 * four characters for three bytes, so the first and the last may hold bits of its neighbours. Null where it cannot be found.
 */
export function rangeOfMember(token: string, { part, name }: PointedMember): TokenRange | null {
  const segments = token.split('.')
  const segment = segments[part]
  const bytes = segment === undefined ? null : decodeBase64url(segment)
  const text = bytes && decodeUtf8(bytes)
  const span = text ? memberSpans(text).get(name) : undefined
  if (!text || !span) return null
  const before = part === 0 ? 0 : (segments[0]?.length ?? 0) + 1
  const byteOf = (at: number) => new TextEncoder().encode(text.slice(0, at)).length
  return { start: before + Math.floor((byteOf(span[0]) * 4) / 3), end: before + Math.ceil((byteOf(span[1]) * 4) / 3) }
}

/** More segments than any token has: those after them are shown as one. */
const segmentsMax = 6

/** Returns the segments of a text with their places in it, the dots left out. Linear, also for a text of dots alone. */
export function segmentsOf(text: string): { text: string; start: number }[] {
  const segments: { text: string; start: number }[] = []
  let start = 0
  while (segments.length < segmentsMax - 1) {
    const end = text.indexOf('.', start)
    if (end < 0) break
    segments.push({ text: text.slice(start, end), start })
    start = end + 1
  }
  return [...segments, { text: text.slice(start), start }]
}

const headerMembers: Readonly<Record<string, string>> = { 'header.alg': 'alg', 'header.typ': 'typ', 'keys.kid': 'kid' }

/** Returns the characters of an encoded token that a check is about: those of the top-level member that it reads. */
export function rangeOfCheck(token: string, id: string): TokenRange | null {
  const inHeader = headerMembers[id]
  if (inHeader !== undefined) return rangeOfMember(token, { part: 0, name: inHeader })
  const path = /^(?:iss|aud|sub|exp|nbf|iat)$/.test(id) ? id : /^claim:(.*)$/s.exec(id)?.[1]
  if (path === undefined) return null
  const names = [path, ...path.split(path.startsWith('/') ? '/' : '.').slice(0, 2)]
  return names.reduce<TokenRange | null>((found, name) => found ?? rangeOfMember(token, { part: 1, name }), null)
}
