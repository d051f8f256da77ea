import { decodeToken, tokenCharactersMax } from './engine/token'
import { isJsonObject, parseJson } from './json/json'
import { decodeBase64url, decodeUtf8 } from './keys/base64url'
import { holdsPrivateKey } from './keys/secret-text'
import { isUsualSignature, joinedLines, tokenBegin, unescaped, withoutMarks } from './text-around-token'

/** What a text pasted into the tester holds. */
export type PastedToken = {
  /** The token, or the text as it is where there is none; empty where it must not stay. */
  text: string
  /** Further tokens of the text, in its order. */
  others: string[]
  /** What is wrong with the text as a whole, or was found around the token: a sentence. Null where it is a token alone. */
  notice: string | null
  /** Whether the text contained a private key, which is not in `token` or `more`. */
  isSecret: boolean
}

/** Further tokens that are kept. */
const othersMax = 9

/** How much of a text is looked at, in characters. */
const pastedCharactersMax = 16 * tokenCharactersMax

/**
 * Finds the token in a pasted text, for people only; a login forgives none of it. Takes away an `Authorization:` or `Bearer` in
 * front, quotes, line breaks, escapes, characters that are not seen and base64 around it, and finds the token in a variable, a
 * curl command, the fragment of a URL, a log line or a JSON answer. Never throws, and is linear.
 */
export function readPastedToken(pasted: string): PastedToken {
  const raw = stripQuotes(pasted.slice(0, pastedCharactersMax).trim())
  if (isPrivateKey(raw)) return secret
  const text = withoutMarks(raw)
  const plain = (token: string) => ({ text: token, others: [], isSecret: false, notice: hiddenIn(token, raw, text) })

  const bare = bareText(text)
  const found = foundIn(text)
  if (tokenAlone.test(bare) && !isOverrun(bare, found[0])) return plain(bare)
  const inner = base64Text(bare)?.trim()
  if (inner !== undefined && tokenAlone.test(inner)) return { ...plain(inner), notice: encoded }
  const first = (text.startsWith('{') && tokenInJson(text)) || found[0]
  if (first) {
    const others = found.filter((token) => token !== first).slice(0, othersMax)
    return others.length > 0 ? { ...plain(first), others, notice: severalWords(others.length + 1) } : plain(first)
  }
  const within = encodedIn(text)
  if (within) return { ...plain(within), notice: encoded }
  if (holdsPrivateKey(raw)) return secret
  const kept = (text.startsWith('{') ? textInJson(text) : null) ?? (tokenStart.test(text) ? bareText(raw) : raw)
  if (pasted.length <= tokenCharactersMax) return { ...plain(kept), notice: null }
  return { ...plain(kept.slice(0, tokenCharactersMax + 1)), notice: longWords(pasted.length) }
}

/** The token of a pasted text; the first of several. */
export const cleanToken = (pasted: string): string => readPastedToken(pasted).text

const severalWords = (count: number) => `There are ${count} tokens in this text. The first is judged.`
const longWords = (length: number) =>
  `No token was found in this text of ${length} characters. Only its beginning was kept.`
const encoded = 'The token was also encoded in base64, like a Kubernetes secret.'
const hidden =
  'Characters that are not seen were removed from inside the token; copying from a web page or a chat adds them. A login refuses a token with them.'

const secret: PastedToken = {
  text: '',
  others: [],
  notice:
    'This was a private key, and it was removed from the page. Only the issuer should have it: if it was sent or stored elsewhere, replace it. Paste a token that it signed instead.',
  isSecret: true,
}

const hiddenIn = (token: string, raw: string, text: string) =>
  raw !== text && text.includes(token) && !raw.includes(token) ? hidden : null

/** Without what stands around a token in a request: a header's name, a scheme, quotes, line breaks inside, escaped dots. */
function bareText(text: string): string {
  const bare = stripQuotes(
    stripQuotes(text)
      .replace(/^(?:proxy-)?authorization\s*:\s*/i, '')
      .replace(/^(?:bearer|jwt|token|dpop)\s+/i, ''),
  )
  const joined = /^[\w\s.%=+/~-]*$/.test(bare) && !hasSeveral(bare) ? bare.replace(/\s+/g, '') : bare
  return joined.replace(/%2e/gi, '.')
}

const tokenStart = new RegExp(tokenBegin)

/** Line breaks join the lines of one token, never two tokens. */
const hasSeveral = (text: string) => (text.match(severalTokens) ?? []).length > 1
const severalTokens = new RegExp(`(?:^|\\s)${tokenBegin}[\\w-]+\\.`, 'g')

/** Three or five segments of which the first is a JSON object. */
const tokenAlone = new RegExp(`^${tokenBegin}[\\w-]*(?:\\.[\\w=-]*){2}(?:(?:\\.[\\w=-]*){2})?$`)

const tokenWithin = new RegExp(
  `(?<![\\w-])${tokenBegin}[\\w-]{4,}\\.[\\w-]{2,}\\.[\\w-]*(?:\\.[\\w-]*\\.[\\w-]*)?`,
  'g',
)

function tokensIn(text: string): string[] {
  const found = unescaped(text).match(tokenWithin) ?? []
  return [...new Set(found)].filter((token) => decodeToken(token).header.ok).slice(0, othersMax + 1)
}

/** Tokens of a text, also those that lines cut. */
function foundIn(text: string): string[] {
  const found = tokensIn(text)
  if (found.length > 0 && found.every(isUsualSignature)) return found
  const whole = tokensIn(joinedLines(text))
  if (found.length === 0) return whole
  return found.map((token) => whole.find((other) => other.startsWith(token) && isUsualSignature(other)) ?? token)
}

/** Whether lines were joined that are no longer the token: its signature is whole without them. */
const isOverrun = (joined: string, found: string | undefined) =>
  found !== undefined && joined.startsWith(found) && isUsualSignature(found) && !isUsualSignature(joined)

function stripQuotes(text: string): string {
  const quoted = /^(["'`])([\s\S]*)\1[;,]?$/.exec(text.trim())
  return (quoted?.[2] ?? text).trim()
}

const tokenMembers = ['token', 'value', 'jwt', 'id_token', 'access_token', 'accessToken']

function membersOf(text: string): string[] {
  const parsed = parseJson(text)
  if (!parsed.ok || !isJsonObject(parsed.value)) return []
  const { value } = parsed
  return tokenMembers.flatMap((name) => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    return typeof member === 'string' ? [member.trim()] : []
  })
}

/** The token of the member that is called one; null where none of these holds a signed token. */
function tokenInJson(text: string): string | null {
  for (const member of membersOf(text)) {
    const bare = bareText(member)
    if (tokenAlone.test(bare)) return bare
  }
  return null
}

const textInJson = (text: string) => membersOf(text)[0] ?? null

/** A token in base64 in the middle of other text: a Kubernetes secret as YAML. */
function encodedIn(text: string): string | null {
  for (const [word] of text.matchAll(/(?<![\w+/-])(?:ZXlK|ZXdv|ZXcw|ZXdr|ZXlB)[\w+/-]{40,}={0,2}/g)) {
    const inner = base64Text(word)?.trim()
    if (inner !== undefined && tokenAlone.test(inner)) return inner
  }
  return null
}

function base64Text(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(text)) return undefined
  const bytes = decodeBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
  return (bytes && decodeUtf8(bytes)) ?? undefined
}

/** PEM by its label, a JSON Web Key by its private member `d`, and an age or OpenSSH key. */
function isPrivateKey(text: string): boolean {
  if (/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|^AGE-SECRET-KEY-1/m.test(text)) return true
  const inner = base64Text(text.replace(/\s+/g, ''))
  if (inner?.includes('PRIVATE KEY-----')) return true
  if (!/^[[{]/.test(text) || !text.includes('"kty"')) return false
  const parsed = parseJson(text)
  return parsed.ok && hasPrivateMember(parsed.value)
}

function hasPrivateMember(value: unknown, depth = 0): boolean {
  if (depth > 3 || typeof value !== 'object' || value === null) return false
  if ('kty' in value && ('d' in value || 'k' in value)) return true
  return Object.values(value).some((member) => hasPrivateMember(member, depth + 1))
}
