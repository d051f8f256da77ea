import { isJsonObject, type JsonObject, type JsonProblem, parseJson } from '../json/json'
import { decodeBase64url, decodeUtf8 } from '../keys/base64url'

/** The longest token that is looked at, in characters. */
export const tokenCharactersMax = 16_384

/** How deep header and claims may nest; the object itself is the first level. */
export const tokenDepthMax = 8

/** How many claims a token may carry at its top level. */
export const tokenClaimsMax = 256

/** The kind of a token's text. Only `jws` can be judged. */
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
    problem: kind === 'jws' ? null : problemOf(kind, token),
    header: unread,
    claims: unread,
    signatureBytes: 0,
  }
  if (kind === 'jwe') {
    const header = decodePart(decodeBase64url(token.slice(0, token.indexOf('.'))))
    // RFC 7516 §4.1.2: the header of an encrypted token must name how its content is encrypted.
    const isSigned = header.ok && !Object.hasOwn(header.value, 'enc')
    return { ...nothingRead, header, problem: isSigned && !isShortened(token) ? twoTokens : nothingRead.problem }
  }
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

const unread: DecodedPart = { ok: false, code: 'unread', message: 'It was not read.' }
const segmentNames = ['header', 'claims', 'signature']

const kindProblems: Partial<Record<TokenKind, string>> = {
  jwe: 'This is an encrypted token (JWE, five segments). Only signed tokens can be judged; ask the issuer for a signed one.',
  saml: 'This is XML or a SAML message, and not a JSON Web Token.',
  pem: 'This is a PEM block (a key or certificate), and not a token.',
  json: 'This is JSON, and not a token in its compact form: three base64url segments joined by dots.',
  sigv4: 'This is a signed AWS request, and not a JSON Web Token.',
  opaque: 'This is an opaque token: it has no segments to read. Only its issuer can say what it means.',
  empty: 'There is no token.',
  'too-large': `The token is longer than ${tokenCharactersMax} characters.`,
}

function problemOf(kind: TokenKind, token: string): string | null {
  if (isShortened(token)) return shortened
  if (kind === 'malformed') {
    const count = token.split('.').length
    return `A signed token has three segments joined by dots; this has ${count}.`
  }
  return kindProblems[kind] ?? null
}

/** Whether part of a text is masked or left out. */
export const isShortened = (text: string): boolean => /\*\*\*|\u2026|\.{3}/.test(text)

const twoTokens =
  'This has five segments, as an encrypted token (JWE) does, but its header names no encryption (enc): it may be two tokens that were pasted together. Paste one whole token.'

const shortened = 'Part of this token is masked or left out, as logs and screens do. Take it where it is made.'

/** Tokens of other kinds that have dots, by the documents of their makers: Vault, Google, PASETO, HCP Terraform. */
const otherDotted = /^(?:(?:hv[sbr]|[sb])\.[A-Za-z0-9]{20}|ya29\.|v[1-4]\.(?:local|public)\.|\w{14}\.atlasv1\.)/

function kindOf(token: string): TokenKind {
  if (token.length > tokenCharactersMax) return 'too-large'
  const start = token
  if (start === '') return 'empty'
  if (isSaml(start)) return 'saml'
  if (start.startsWith('-----BEGIN')) return 'pem'
  if (start.startsWith('{') || start.startsWith('[')) return 'json'
  if (/AWS4-HMAC-SHA256/.test(start) || /X-Amz-(?:Signature|Algorithm)=/i.test(start)) return 'sigv4'
  const count = otherDotted.test(token) ? 1 : token.split('.').length
  if (count === 3) return 'jws'
  if (count === 5) return 'jwe'
  return count === 1 ? 'opaque' : 'malformed'
}

/** XML, base64 of it, or the parameter that carries either (SAML 2.0 Bindings §3.4.4 and §3.5.4). */
function isSaml(text: string): boolean {
  if (text.startsWith('<') || /(?:^|[?&])SAML(?:Response|Request)=/.test(text)) return true
  const start = /^P[A-P][A-Za-z0-9+/_-]{10,}/.exec(text.slice(0, 64))?.[0]
  if (start === undefined || text.includes('.')) return false
  const bytes = decodeBase64url(start.slice(0, 12).replaceAll('+', '-').replaceAll('/', '_'))
  return bytes !== null && /^<[?!\w]/.test(decodeUtf8(bytes) ?? '')
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
  return `The ${name} segment ends in bits that base64url leaves unused: it was cut or changed after it was signed. Copy the token whole.`
}

function decodePart(bytes: Uint8Array | null | undefined): DecodedPart {
  if (!bytes) return { ok: false, code: 'base64url', message: 'it is not base64url' }
  const text = decodeUtf8(bytes)
  if (text === null) return { ok: false, code: 'utf-8', message: 'it is not UTF-8 text' }
  const parsed = parseJson(text, { depthMax: tokenDepthMax })
  if (!parsed.ok && nested.test(text)) return { ok: false, code: 'not-an-object', message: nestedWords }
  if (!parsed.ok) return { ok: false, code: parsed.code, message: parsed.message }
  if (!isJsonObject(parsed.value)) return { ok: false, code: 'not-an-object', message: 'it is not a JSON object' }
  return { ok: true, value: parsed.value }
}

/** A token as the payload of another one (RFC 7519 §5.2). */
const nested = /^eyJ[\w-]+(?:\.[\w-]*){2,4}$/
const nestedWords = 'there is another token in it (nested, RFC 7519 §5.2)'
