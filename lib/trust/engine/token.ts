import { isJsonObject, type JsonObject, type JsonProblem, parseJson } from '../json/json'
import { decodeBase64url, decodeUtf8 } from '../keys/base64url'

/** The longest token that is looked at, in characters. */
export const tokenCharactersMax = 16_384

/** How deep header and claims may nest; the object itself is the first level. */
export const tokenDepthMax = 8

/** How many claims a token may carry at its top level. */
export const tokenClaimsMax = 256

/** What a text turns out to be. Only `jws` can be judged. */
export type TokenKind =
  | 'jws'
  | 'jwe'
  | 'saml'
  | 'pem'
  | 'json'
  | 'sigv4'
  | 'opaque'
  | 'malformed'
  | 'empty'
  | 'too-large'

/** A decoded header or claims set; `utf-8` and `not-an-object` beside what the JSON reader refuses. */
export type DecodedPart =
  | { ok: true; value: JsonObject }
  | { ok: false; code: JsonProblem | 'base64url' | 'utf-8' | 'not-an-object' | 'unread'; message: string }

export type DecodedToken = {
  kind: TokenKind
  /** The exact text that was judged, and that the signature is over. */
  text: string
  /** Why it is no signed token in three strict segments, in a sentence; null when it is. */
  problem: string | null
  header: DecodedPart
  claims: DecodedPart
  signatureBytes: number
}

/**
 * A token without the blanks and line ends around it, which files and shells leave there. Inside it nothing is forgiven. Every
 * login and the tester read tokens through this.
 */
export const bareToken = (sent: string): string => sent.trim()

/**
 * Takes a token apart without believing it. The exact text counts: blanks inside, padding and a second spelling of the same
 * bytes are refused (RFC 7515 §2 and §5.2). Never throws.
 */
export function decodeToken(sent: string): DecodedToken {
  const token = bareToken(sent)
  const kind = kindOf(token)
  const nothingRead: DecodedToken = {
    kind,
    text: token,
    problem: kind === 'jws' ? null : (kindProblems[kind] ?? null),
    header: unread,
    claims: unread,
    signatureBytes: 0,
  }
  if (kind === 'jwe') return { ...nothingRead, header: decodePart(decodeBase64url(token.slice(0, token.indexOf('.')))) }
  if (kind !== 'jws') return nothingRead

  const segments = token.split('.')

  const bytes = segments.map(decodeBase64url)
  const faults = segments.flatMap(
    (segment, index) => segmentFault(segment, bytes[index], segmentNames[index] ?? '') ?? [],
  )
  return {
    kind: faults.length > 0 ? 'malformed' : kind,
    text: token,
    problem: faults[0] ?? null,
    header: decodePart(bytes[0]),
    claims: decodePart(bytes[1]),
    signatureBytes: bytes[2]?.length ?? 0,
  }
}

/**
 * The token in a pasted text, for the tester only: forgives an `Authorization:` or `Bearer` in front, quotes, line
 * breaks, `%2E` for a dot and the JSON answers that carry a token (`{"token":…}`, GitHub's `{"value":…}`).
 */
export function cleanToken(pasted: string): string {
  const text = stripQuotes(pasted.slice(0, 4 * tokenCharactersMax).trim())
  if (text.startsWith('{')) {
    const inner = tokenInJson(text)
    if (inner !== null) return inner
  }
  const bare = stripQuotes(
    stripQuotes(text)
      .replace(/^authorization\s*:\s*/i, '')
      .replace(/^bearer\s+/i, ''),
  )
  const joined = /^[\w\s.%=+/~-]*$/.test(bare) ? bare.replace(/\s+/g, '') : bare
  return joined.replace(/%2e/gi, '.')
}

const unread: DecodedPart = { ok: false, code: 'unread', message: 'It was not read.' }
const segmentNames = ['header', 'claims', 'signature']

const kindProblems: Partial<Record<TokenKind, string>> = {
  jwe: 'This is an encrypted token (JWE, five segments). Only signed tokens can be judged; ask the issuer for a signed one.',
  saml: 'This is XML, perhaps a SAML assertion, and not a JSON Web Token.',
  pem: 'This is a PEM block (a key or certificate), and not a token.',
  json: 'This is JSON, and not a token in its compact form: three base64url segments joined by dots.',
  sigv4: 'This is a signed AWS request, and not a JSON Web Token.',
  opaque: 'This is an opaque token: it has no segments to read. Only its issuer can say what it means.',
  malformed: 'A signed token has three segments joined by dots; this has a different number.',
  empty: 'There is no token.',
  'too-large': `The token is longer than ${tokenCharactersMax} characters.`,
}

function kindOf(token: string): TokenKind {
  if (token.length > tokenCharactersMax) return 'too-large'
  const start = token
  if (start === '') return 'empty'
  if (start.startsWith('<') || /^PD94bWw|^PHNhbWw|^PFJlc3Bvbn/.test(start)) return 'saml'
  if (start.startsWith('-----BEGIN')) return 'pem'
  if (start.startsWith('{') || start.startsWith('[')) return 'json'
  if (/^AWS4-HMAC-SHA256/.test(start) || /X-Amz-(?:Signature|Algorithm)=/i.test(start)) return 'sigv4'
  const count = token.split('.').length
  if (count === 3) return 'jws'
  if (count === 5) return 'jwe'
  return count === 1 ? 'opaque' : 'malformed'
}

function segmentFault(segment: string, bytes: Uint8Array | null | undefined, name: string): string | null {
  if (segment === '' && name !== 'signature') {
    return name === 'claims'
      ? 'The claims segment is empty: a detached payload cannot be judged.'
      : `The ${name} segment is empty.`
  }
  if (bytes) return null
  if (segment.includes('=')) return `The ${name} segment is padded with "=": base64url in a token has no padding.`
  const foreign = /[^A-Za-z0-9_-]/.exec(segment)
  if (foreign) {
    const character = /\s/.test(foreign[0]) ? 'a blank or line break' : `the character ${JSON.stringify(foreign[0])}`
    return `The ${name} segment holds ${character} at position ${foreign.index + 1}, which base64url does not use.`
  }
  if (segment.length % 4 === 1) return `The ${name} segment is cut short: its length is impossible for base64url.`
  return `The ${name} segment ends in bits that base64url leaves unused: it is not the text its signer wrote.`
}

function decodePart(bytes: Uint8Array | null | undefined): DecodedPart {
  if (!bytes) return { ok: false, code: 'base64url', message: 'it is not base64url' }
  const text = decodeUtf8(bytes)
  if (text === null) return { ok: false, code: 'utf-8', message: 'it is not UTF-8 text' }
  const parsed = parseJson(text, { depthMax: tokenDepthMax })
  if (!parsed.ok) return { ok: false, code: parsed.code, message: parsed.message }
  if (!isJsonObject(parsed.value)) return { ok: false, code: 'not-an-object', message: 'it is not a JSON object' }
  return { ok: true, value: parsed.value }
}

function stripQuotes(text: string): string {
  const quoted = /^(["'`])([\s\S]*)\1[;,]?$/.exec(text.trim())
  return (quoted?.[2] ?? text).trim()
}

const tokenMembers = ['token', 'value', 'jwt', 'id_token', 'access_token', 'accessToken']

function tokenInJson(text: string): string | null {
  const parsed = parseJson(text)
  if (!parsed.ok || !isJsonObject(parsed.value)) return null
  for (const name of tokenMembers) {
    const member = Object.hasOwn(parsed.value, name) ? parsed.value[name] : undefined
    if (typeof member === 'string') return member.trim()
  }
  return null
}
