import { decodeBase64url, decodeUtf8 } from './keys/base64url'
import { derKindOf } from './keys/der-kind'

/** The content of a pasted text: text, or DER bytes that it spells in base64. */
export type Unwrapped = { kind: 'text'; text: string } | { kind: 'der'; der: Uint8Array<ArrayBuffer> }

/** Base64 of base64 happens, where a tool encodes what another has encoded; more layers do not. */
const layersMax = 3

/**
 * Takes away what tools put around keys and certificates: quotes, a `data:` URL, base64 of a PEM or of JSON. A body in base64
 * without its BEGIN and END lines comes back as bytes. Any other text stays as it is. Never throws, and is linear.
 */
export function unwrapText(pasted: string): Unwrapped {
  let text = withoutQuotes(pasted)
  for (let layer = 0; layer < layersMax; layer++) {
    if (text.includes('-----BEGIN')) break
    const bytes = base64Bytes(text.replace(/^data:[^,\s]{0,200};base64,/i, ''))
    if (!bytes) break
    if (derKindOf(bytes)) return { kind: 'der', der: bytes }
    const decoded = decodeUtf8(bytes)
    if (decoded === null || !isWorthReading(decoded)) break
    text = withoutQuotes(decoded)
  }
  return { kind: 'text', text }
}

/** The text of a file: DER as PEM, text in UTF-8 or, as PowerShell writes it, in UTF-16; null for other bytes. */
export function textOfBytes(bytes: Uint8Array<ArrayBuffer>): string | null {
  const kind = derKindOf(bytes)
  if (kind) return toPem(labels[kind], bytes)
  const encoding = utf16Marks.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))?.encoding
  if (encoding) return new TextDecoder(encoding).decode(bytes)
  const text = decodeUtf8(bytes)
  return text === null || text.includes('\0') ? null : text
}

/** A PEM block (RFC 7468 §2) with a line end after its last line. */
export function toPem(label: string, der: Uint8Array): string {
  let binary = ''
  for (const byte of der) binary += String.fromCharCode(byte)
  const body = btoa(binary).replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}

const labels = {
  'public-key': 'PUBLIC KEY',
  'rsa-public-key': 'RSA PUBLIC KEY',
  certificate: 'CERTIFICATE',
  'certificate-request': 'CERTIFICATE REQUEST',
  'revocation-list': 'X509 CRL',
  'private-key': 'PRIVATE KEY',
  pkcs7: 'PKCS7',
  pkcs12: 'PKCS12',
} as const

const utf16Marks = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
]

/** Blanks of any kind and characters without a width: copying from a web page leaves them. */
export const blanks = /[\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]+/g

function withoutQuotes(text: string): string {
  const bare = text.trim()
  const quoted = /^(["'`])([\s\S]*)\1[;,]?$/.exec(bare)
  return (quoted?.[2] ?? bare).trim()
}

/** The bytes of base64 or base64url of some length, padded or not; null for any other text. */
function base64Bytes(text: string): Uint8Array<ArrayBuffer> | null {
  const body = text.replace(blanks, '')
  if (!/^[A-Za-z0-9+/_-]{40,}={0,2}$/.test(body)) return null
  return decodeBase64url(body.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
}

/** Decoded text is taken only if it begins like something a reader knows, or is base64 of it again. */
const isWorthReading = (text: string) =>
  text.includes('-----BEGIN') || /^\s*[[{]/.test(text) || /^\s*[A-Za-z0-9+/_-]{40}/.test(text)
