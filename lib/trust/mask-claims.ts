import { cutText } from './cut-text'
import { parseIp } from './ip-range'
import type { JsonObject, JsonValue } from './json/json'
import { keptAnswers } from './kept-answers'

/**
 * Claims about a person (OIDC Core §5.1, SCIM, and the well-known issuers' own), without case and separators: `displayName`,
 * `display_name` and `Display-Name` are one name.
 */
const personalNames = new Set(
  `name givenname familyname middlename firstname lastname surname sn fullname displayname commonname cn nickname
  username userlogin login loginname preferredusername uniquename upn userprincipalname samaccountname onpremisessamaccountname
  actor profile picture avatar avatarurl photo website gender sex birthdate birthday dateofbirth dob zoneinfo
  mail mails mailaddress address streetaddress street postalcode zip zipcode city
  fax cell mobile telephone telephonenumber ip ips ipaddr ipaddress clientip remoteip sourceip
  ssn socialsecuritynumber taxid nationalid passport passportnumber employeeid employeenumber personnelnumber iban`.split(
    /\s+/,
  ),
)

/** What such a name may also be a part of: `work_email`, `phoneNumber`, `mobile_phone`. */
const personalParts = /email|phone|mobile|birthdate/

/** Attributes of people under their numbers, as SAML names them (RFC 4519, RFC 4524, RFC 2798, eduPerson). */
const personalNumbers = new Set(
  `2.5.4.3 2.5.4.4 2.5.4.9 2.5.4.16 2.5.4.17 2.5.4.20 2.5.4.41 2.5.4.42 0.9.2342.19200300.100.1.1 0.9.2342.19200300.100.1.3
  0.9.2342.19200300.100.1.20 0.9.2342.19200300.100.1.41 0.9.2342.19200300.100.1.60 2.16.840.1.113730.3.1.3
  2.16.840.1.113730.3.1.241 1.3.6.1.4.1.5923.1.1.1.2 1.3.6.1.4.1.5923.1.1.1.6`.split(/\s+/),
)

/** Members of a header that bring a key or say where one is; certificates name people, URLs carry credentials. */
const keyNames = new Set(['jwk', 'jku', 'x5c', 'x5u'])

/** Claims that are treated as secrets because of their name. */
const secretNames =
  /(?:password|passwd|passphrase|pwd|secret|token|credential|apikey|privatekey|secretkey|accesskey|sharedkey|cookie|authorization|otp)s?$/

/** Matches credentials by their look, under any name and anywhere in a text. */
const credential =
  /(?:^|[\s"'=:,;])(?:eyJ[\w-]{6,}\.[\w-]+|gh[opusr]_\w{10}|github_pat_|gl(?:pat|oas|dt|rt|ft|soat|agent|cbt|ptt|imt)-|xox[abeprs]-|xapp-|[srp]k[-_](?:live|test|proj|ant)|sk-\w{10}|AKIA[0-9A-Z]{8}|ASIA[0-9A-Z]{8}|AIza[\w-]{10}|ya29\.|npm_\w{10}|pypi-\w{10}|dop_v1_|hv[sbr]\.\w{10}|SG\.[\w-]{10}|shpat_|dckr_pat_|ATATT|AGE-SECRET-KEY|Bearer\s|Basic\s[A-Za-z0-9+/=]{8})|-----BEGIN|:\/\/[^/\s@]{0,200}:[^/\s@]{1,200}@/

/** An email address anywhere in a text, its `@` also percent-encoded. A workflow's `file.yml@refs/heads/main` is none. */
const email =
  /([\p{L}\p{N}.!#$&'*+=?^_`{|}~-]{1,64})(?:@|%40)((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}])/giu

/** A telephone number and nothing else: with a plus, or grouped as people write it. Bare digits are ids. */
const phone = /^(?:tel:)?(?:\+\d[\d ().-]{6,20}\d|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})$/

const textMax = 256

/** How much of a text is looked at: what is kept of it, and the longest address that may begin there. */
const lookedAtMax = textMax + 640

/**
 * Claims, or a header, as they may be kept: what names a person or looks like a credential is masked, by name and by look, at
 * any depth; long texts are cut. What a trust's rules ask for is in the trace of the decision anyway, masked by the same
 * function.
 */
export function maskClaims(claims: JsonObject): JsonObject {
  const kept: JsonObject = {}
  for (const [name, value] of Object.entries(claims)) {
    const { shown } = aboutName(name)
    const key = Object.hasOwn(kept, shown) ? `${shown} (${Object.keys(kept).length})` : shown
    const masked = maskClaim(name, value)
    if (key !== '__proto__') kept[key] = masked
    else Object.defineProperty(kept, key, { value: masked, enumerable: true, configurable: true, writable: true })
  }
  return kept
}

/** One claim's value, masked if its name or its look asks for it. */
export function maskClaim(name: string, value: JsonValue): JsonValue {
  const { kind } = aboutName(name)
  if (kind === 'key') return '[masked]'
  if (kind !== 'other' && typeof value !== 'boolean') return kind === 'secret' ? '[masked]' : masked(value)
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map((item) => maskClaim('', item))
  if (typeof value === 'object' && value !== null) return maskClaims(value)
  return value
}

/** Whether a claim is about a person, by its name or the look of its text. */
export function isPersonalClaim(name: string, value: JsonValue): boolean {
  if (aboutName(name).kind === 'personal') return typeof value !== 'boolean'
  if (Array.isArray(value)) return value.slice(0, 50).some((item) => isPersonalClaim('', item))
  return typeof value === 'string' && (value.slice(0, lookedAtMax).search(email) >= 0 || phone.test(value.trim()))
}

/** What kind of claim a name is used for, and the name as it may be stored. */
type AboutName = { kind: 'key' | 'secret' | 'personal' | 'other'; shown: string }

/** Most tokens have the same few names: what was found out of one is kept. */
const knownNames = keptAnswers<AboutName>(2_000, 100)

const aboutName = (name: string) => knownNames(name, readName)

function readName(name: string): AboutName {
  const plain = plainName(name)
  const kind = keyNames.has(plain)
    ? 'key'
    : secretNames.test(plain)
      ? 'secret'
      : isPersonal(name)
        ? 'personal'
        : 'other'
  return { kind, shown: maskText(name) }
}

/** A name with a language (`family_name#ja-Kana-JP`, OIDC Core §5.2) is that name. */
function isPersonal(name: string): boolean {
  const names = [name, name.split('#')[0] ?? ''].map(plainName)
  return (
    personalNumbers.has(name.replace(/^urn:oid:/i, '')) ||
    names.some((plain) => personalNames.has(plain) || personalParts.test(plain))
  )
}

const plainName = (name: string) => (name.split(/[./:#]/).at(-1) ?? name).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Short texts that hide nothing, found out lately: most claims say what those of the last token said. */
const plainTexts = new Set<string>()
const [plainTextsMax, plainCharactersMax] = [2_000, 128]

/** A text as it may be kept, judged by its look alone. */
export function maskText(text: string): string {
  if (plainTexts.has(text)) return text
  const masked = maskedText(text)
  if (masked !== text || text.length > plainCharactersMax) return masked
  if (plainTexts.size >= plainTextsMax) plainTexts.clear()
  plainTexts.add(text)
  return text
}

function maskedText(text: string): string {
  const start = text.slice(0, lookedAtMax)
  if (credential.test(start)) return '[masked]'
  if (phone.test(start.trim())) return `${start.trim().slice(0, 3)}•••`
  const addresses = mayBeAddresses.test(start)
    ? start
        .trim()
        .split(/[\s,;]+/)
        .map(hostAddress)
    : []
  if (addresses.length > 0 && addresses.every((address) => parseIp(address))) {
    return addresses.map(maskedAddress).join(', ')
  }
  const masked = /@|%40/.test(start)
    ? start.replace(email, (_, local: string, domain: string) => `${firstOf(local)}•••@${domain}`)
    : start
  if (text.length <= textMax) return masked
  return `${cutText(masked, textMax)}… (${text.length} characters)`
}

/** The characters of IP addresses, including at least one of `.` and `:`. */
const mayBeAddresses = /^(?=.*[.:])[\da-f.:[\],;\s]+$/is

/** An address without the port beside it, as proxies list them. */
function hostAddress(text: string): string {
  const [, v6, v4] = /^(?:\[([^\]]{2,45})\](?::\d{1,5})?|([\d.]{7,15}):\d{1,5})$/.exec(text) ?? []
  return v6 ?? v4 ?? text
}

const maskedAddress = (address: string) => `${address.split(/[.:]/).slice(0, 2).join('.')}.•••`

/** Returns the first character and, for an email address, the domain: enough to recognise a value, too little to use it. */
function masked(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return '[masked]'
  const [local = '', domain] = value.split('@')
  return domain === undefined ? `${firstOf(local)}•••` : `${firstOf(local)}•••@${cutText(domain, textMax)}`
}

const firstOf = (text: string) => Array.from(text.slice(0, 2))[0] ?? ''

/** Whether a kept text was masked or cut. */
export const holdsMask = (text: string): boolean =>
  text.includes('•••') || text.includes('[masked]') || /… \(\d+ characters\)$/.test(text)
