import { fitsTemplate } from '../../issuer-template'
import { seenText } from '../../seen-text'
import { visibleText } from '../../unseen'

/** As long as an issuer may be in a trust; what is longer is not worth comparing, and was sent by a stranger. */
const explainedCharactersMax = 2048

/** In what two issuers differ, for the trust's owner: what people overlook first, else the first letter that differs. */
export function explainIssuer(expected: string, received: string): string {
  if (fitsTemplate(expected, received)) {
    return `The issuer of this trust is a template for many tenants; no token has it. Give the tenant’s own, ${received}, as the issuer and, with OIDC discovery, as the discovery URL.`
  }
  const sure = 'Issuers are compared letter for letter; copy it from the token if that is the one you mean.'
  if (received.length > explainedCharactersMax) return `The one received is ${received.length} characters long. ${sure}`
  const withoutSlash = (text: string) => text.replace(/\/+$/, '')
  const withoutScheme = (text: string) => text.replace(/^https?:\/\//i, '')
  if (expected.trim() === received.trim()) return `They differ only in spaces at the ends. ${sure}`
  if (withoutSlash(expected) === withoutSlash(received)) return `They differ only in a trailing slash. ${sure}`
  if (expected.toLowerCase() === received.toLowerCase()) return `They differ only in upper and lower case. ${sure}`
  if (withoutScheme(expected) === withoutScheme(received)) return `They differ only in http:// and https://. ${sure}`
  if (seenText(expected) === seenText(received))
    return `They look alike but use different characters. ${firstDifference(expected, received)} ${sure}`
  return `${firstDifference(expected, received)} ${sure}`
}

/** Positions count characters as people do, from 1. */
function firstDifference(expected: string, received: string): string {
  const ours = Array.from(expected)
  const theirs = Array.from(received)
  const at = ours.findIndex((character, index) => character !== theirs[index])
  const position = at < 0 ? ours.length : at
  return `They differ at character ${position + 1}: expected ${nameOf(ours[position])}, received ${nameOf(theirs[position])}.`
}

/** A letter beyond ASCII with its code point: Cyrillic а looks like Latin a. */
function nameOf(character: string | undefined): string {
  if (character === undefined) return 'the end'
  const shown = visibleText(JSON.stringify(character))
  const code = character.codePointAt(0) ?? 0
  return code > 0x7e && shown.length <= 4 ? `${shown} (U+${code.toString(16).toUpperCase().padStart(4, '0')})` : shown
}
