import { toHex } from './keys/integer'

/** SHA-256 in lower-case hexadecimal; of a text, that of its UTF-8 bytes. */
export async function sha256Hex(data: string | BufferSource): Promise<string> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
