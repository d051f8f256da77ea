/**
 * The bytes of a base64url text (RFC 4648 §5), or null. Strict: no padding, no blanks, no foreign letters, and unused
 * last bits must be zero, so that one byte string has exactly one text (RFC 7515 §2).
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let pending = 0
  let bits = 0
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const value = values[text.charCodeAt(at)] ?? foreign
    if (value === foreign) return null
    pending = ((pending << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = pending >> bits
  }
  const isCanonical = bits < 6 && (pending & ((1 << bits) - 1)) === 0
  return isCanonical ? bytes : null
}

const foreign = 64
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const values = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = letters.indexOf(String.fromCharCode(code))
  return value < 0 ? foreign : value
})

export function encodeBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The text of UTF-8 bytes, or null when they are not UTF-8. A byte order mark is kept, for the reader to refuse. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
