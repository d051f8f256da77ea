import { decodeToken, tokenCharactersMax } from './engine/token'
import { isJsonObject, parseJson } from './json/json'
import { decodeBase64url, decodeUtf8 } from './keys/base64url'

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
 * front, quotes, line breaks, `%2E` for a dot, base64 around it, and finds the token in a variable, a curl command, the fragment of
 * a URL, a log line or a JSON answer. Never throws, and is linear.
 */
export function readPastedToken(pasted: string): PastedToken {
  const text = stripQuotes(pasted.slice(0, pastedCharactersMax).trim())
  if (isPrivateKey(text)) return { text: '', others: [], notice: privateKey, isSecret: true }
  const plain = (token: string) => ({ text: token, others: [], notice: null, isSecret: false })

  const bare = bareText(text)
  if (tokenAlone.test(bare)) return plain(bare)
  const inner = base64Text(bare)
  if (inner !== null && tokenAlone.test(inner.trim())) {
    return { ...plain(inner.trim()), notice: 'The token was also encoded in base64, like a Kubernetes secret.' }
  }
  const member = text.startsWith('{') ? tokenInJson(text) : null
  const found = tokensIn(text)
  const first = member ?? found[0]
  if (first === undefined) return plain(bare)
  const others = found.filter((token) => token !== first).slice(0, othersMax)
  return { ...plain(first), others, notice: others.length > 0 ? severalWords(others.length + 1) : null }
}

/** The token of a pasted text; the first of several. */
export const cleanToken = (pasted: string): string => readPastedToken(pasted).text

const severalWords = (count: number) => `There are ${count} tokens in this text. The first is judged.`

const privateKey =
  'This was a private key, and it was removed from the page. Only the issuer should have it: if it was sent or stored elsewhere, replace it. Paste a token that it signed instead.'

/** Without what stands around a token in a request: a header's name, a scheme, quotes, line breaks inside, escaped dots. */
function bareText(text: string): string {
  const bare = stripQuotes(
    stripQuotes(text)
      .replace(/^(?:proxy-)?authorization\s*:\s*/i, '')
      .replace(/^(?:bearer|jwt|token)\s+/i, ''),
  )
  const joined = /^[\w\s.%=+/~-]*$/.test(bare) && !hasSeveral(bare) ? bare.replace(/\s+/g, '') : bare
  return joined.replace(/%2e/gi, '.')
}

/** Line breaks join the lines of one token, never two tokens. "eyJ" is base64url of `{"`, "ewo" of `{` and a line break. */
const hasSeveral = (text: string) => (text.match(/(?:^|\s)(?:eyJ|ewo|ewk|eyA)[\w-]+\./g) ?? []).length > 1

/** Three or five segments of which the first is a JSON object. */
const tokenAlone = /^(?:eyJ|ewo|ew0|ewk|eyA)[\w-]*(?:\.[\w=-]*){2}(?:(?:\.[\w=-]*){2})?$/

const tokenWithin = /(?<![\w-])(?:eyJ|ewo|ew0|ewk|eyA)[\w-]{4,}\.[\w-]{2,}\.[\w-]*(?:\.[\w-]*\.[\w-]*)?/g

function tokensIn(text: string): string[] {
  const escaped = text.replace(/%2e/gi, '.').replace(/%3d/gi, '=').replace(/%26/gi, '&')
  const found = escaped.match(tokenWithin) ?? []
  return [...new Set(found)].filter((token) => decodeToken(token).header.ok).slice(0, othersMax + 1)
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

function base64Text(text: string): string | null {
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(text)) return null
  const bytes = decodeBase64url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
  return bytes && decodeUtf8(bytes)
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
