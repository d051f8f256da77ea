import type { JsonObject, JsonValue } from './json'

/** Claims about a person (OIDC Core §5.1 and the well-known issuers' own) whose values a record does not need. */
const personal =
  /^(?:name|given_name|family_name|middle_name|nickname|preferred_username|profile|picture|website|e?mails?|gender|birthdate|zoneinfo|phone_number|address|upn|unique_name|user_email|user_login|user_name|username|actor|ip|ipaddr)$/i

/** What looks like a credential, whatever it is called: a JWT, a PEM, a long-lived key of a known form. */
const credential = /^(?:eyJ[\w-]+\.[\w-]+|-----BEGIN|gh[pousr]_|github_pat_|glpat-|xox[abpr]-|sk[-_]|AKIA|ASIA|AIza)/

/** What is called a secret is treated as one. */
const secret = /(?:^|[_-])(?:password|passwd|secret|token|credential|api_?key|private_?key)s?$/i

const textMax = 256

/**
 * Claims as they may be kept: what names a person or looks like a credential is masked, long texts are cut. What a trust's
 * rules ask for is in the trace of the decision anyway, masked by the same function.
 */
export function maskClaims(claims: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, maskClaim(name, value)]))
}

/** One claim's value, masked if its name or its look asks for it. */
export function maskClaim(name: string, value: JsonValue): JsonValue {
  const last = name.split(/[./]/).at(-1) ?? name
  if (secret.test(last)) return '[masked]'
  if (personal.test(last)) return masked(value)
  if (typeof value === 'string') return credential.test(value) ? '[masked]' : cut(value)
  if (Array.isArray(value)) return value.map((item) => maskClaim('', item))
  if (typeof value === 'object' && value !== null) return maskClaims(value)
  return value
}

/** The first character and, of an address, the domain: enough to recognise, too little to use. */
function masked(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return '[masked]'
  const [local = '', domain] = value.split('@')
  const head = Array.from(local)[0] ?? ''
  return domain === undefined ? `${head}•••` : `${head}•••@${cut(domain)}`
}

const cut = (text: string) => (text.length > textMax ? `${text.slice(0, textMax)}… (${text.length} characters)` : text)
