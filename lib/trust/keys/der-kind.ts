/** One element of DER: its tag, where it starts, and where its content begins and ends. */
type Element = { tag: number; start: number; content: number; end: number }

/** The kind of DER bytes, by their outermost elements. */
export type DerKind =
  | 'public-key'
  | 'rsa-public-key'
  | 'certificate'
  | 'certificate-request'
  | 'revocation-list'
  | 'private-key'
  | 'pkcs7'
  | 'pkcs12'

/** Certificates of large authorities have a few hundred elements and nest ten deep. */
const elementsMax = 4_000
const depthMax = 32

/**
 * Whether the bytes are one DER value of modest size. A full parser is only given what passes: its work and its recursion
 * grow with the number and the depth of the elements, and it also looks into strings of bits and octets.
 */
export function isModestDer(der: Uint8Array): boolean {
  const outer = elementAt(der, 0, der.length)
  if (!outer || outer.end !== der.length) return false
  const pending = [{ start: 0, end: der.length, depth: 0 }]
  let count = 0
  for (let range = pending.pop(); range; range = pending.pop()) {
    if (range.depth > depthMax) return false
    for (let at = range.start; at < range.end; ) {
      const element = elementAt(der, at, range.end)
      if (!element) break
      if (++count > elementsMax) return false
      const inner = innerRange(der, element)
      if (inner) pending.push({ ...inner, depth: range.depth + 1 })
      at = element.end
    }
  }
  return true
}

/** The first value of DER bytes when others follow it, as in OpenSSL's TRUSTED CERTIFICATE; null when there is none. */
export function firstDerValue(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const element = elementAt(bytes, 0, bytes.length)
  return element ? bytes.slice(0, element.end) : null
}

/** Tells kinds of DER apart without parsing them; null for bytes that are none of these. Never throws. */
export function derKindOf(der: Uint8Array): DerKind | null {
  const outer = elementAt(der, 0, der.length)
  if (outer?.tag !== sequence || outer.end !== der.length) return null
  const parts = childrenOf(der, outer)
  const tags = parts.map(({ tag }) => tag)
  const [first, second] = parts
  if (!first || !second) return null
  const startsWithOid = (part: Element) => childrenOf(der, part)[0]?.tag === objectId
  if (first.tag === objectId) return isPkcs7(der, first) ? 'pkcs7' : null
  if (first.tag === integer) {
    if (second.tag === integer) return tags.length === 2 ? 'rsa-public-key' : tags.length >= 6 ? 'private-key' : null
    if (second.tag === octets) return 'private-key'
    if (second.tag !== sequence || !startsWithOid(second)) return null
    return tags[2] === octets ? 'private-key' : isPkcs7(der, childrenOf(der, second)[0]) ? 'pkcs12' : null
  }
  if (first.tag !== sequence) return null
  if (startsWithOid(first)) return second.tag === bits ? 'public-key' : second.tag === octets ? 'private-key' : null
  return second.tag === sequence && tags[2] === bits ? signedKindOf(childrenOf(der, first)) : null
}

// Universal tags (X.690 §8): what tells these structures apart.
const integer = 0x02
const bits = 0x03
const octets = 0x04
const objectId = 0x06
const sequence = 0x30
const times = [0x17, 0x18]

/** Signed structures: a certificate, a request for one, or a list of revoked ones (RFC 5280 §4.1 and §5.1, RFC 2986 §4.1). */
function signedKindOf(parts: readonly Element[]): DerKind | null {
  const tags = parts.map(({ tag }) => tag)
  if (tags[0] === 0xa0) return 'certificate'
  const body = tags[0] === integer ? tags.slice(1) : tags
  if (body[2] !== undefined && times.includes(body[2])) return 'revocation-list'
  if (tags[0] !== integer) return null
  return body.length <= 3 ? 'certificate-request' : 'certificate'
}

/** 1.2.840.113549.1.7.x (RFC 2315 §14). */
function isPkcs7(der: Uint8Array, oid: Element | undefined): boolean {
  const prefix = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]
  return oid?.tag === objectId && prefix.every((byte, at) => der[oid.content + at] === byte)
}

/** The elements of a structure; no kind above needs more than the first ten. */
function childrenOf(der: Uint8Array, parent: Element): Element[] {
  const children: Element[] = []
  if ((parent.tag & 0x20) === 0) return children
  for (let at = parent.content; at < parent.end && children.length < 10; ) {
    const child = elementAt(der, at, parent.end)
    if (!child) return []
    children.push(child)
    at = child.end
  }
  return children
}

/** What a parser would look into: a structure, or a string that may hold one. */
function innerRange(der: Uint8Array, { tag, content, end }: Element): { start: number; end: number } | null {
  if ((tag & 0x20) !== 0) return { start: content, end }
  const start = tag === octets ? content : tag === bits ? content + 1 : null
  const inner = start === null ? null : elementAt(der, start, end)
  return inner ? { start: inner.start, end: inner.end } : null
}

function elementAt(der: Uint8Array, start: number, limit: number): Element | null {
  const [tag, first] = [der[start], der[start + 1]]
  if (tag === undefined || first === undefined || start + 2 > limit || (tag & 0x1f) === 0x1f) return null
  const count = first < 0x80 ? 0 : first & 0x7f
  if ((first >= 0x80 && count === 0) || count > 4) return null
  let length = count === 0 ? first : 0
  for (let at = 0; at < count; at++) length = length * 256 + (der[start + 2 + at] ?? 0)
  const content = start + 2 + count
  return content + length <= limit ? { tag, start, content, end: content + length } : null
}
