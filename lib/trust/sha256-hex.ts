import { toHex } from './keys/integer'

/** SHA-256 in lower-case hexadecimal. */
export type Sha256 = (data: string | Uint8Array<ArrayBuffer>) => string | Promise<string>

export const webSha256: Sha256 = async (data) => {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

let current = webSha256

/** Set together with the platform's signatures (`setSignatures`). Apart from them, as pages that only compare keys load no jose. */
export function setSha256(sha256: Sha256): void {
  current = sha256
}

/** SHA-256 in lower-case hexadecimal; of a text, that of its UTF-8 bytes. */
export async function sha256Hex(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  return current(data)
}
