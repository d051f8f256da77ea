import { fitsTemplate } from '../issuer-template'
import { visibleText } from '../unseen'

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
  if (expected.trim() === received.trim()) return `They differ only in blanks at the ends. ${sure}`
  if (withoutSlash(expected) === withoutSlash(received)) return `They differ only in a trailing slash. ${sure}`
  if (expected.toLowerCase() === received.toLowerCase()) return `They differ only in upper and lower case. ${sure}`
  if (withoutScheme(expected) === withoutScheme(received)) return `They differ only in http:// and https://. ${sure}`
  if (seen(expected) === seen(received)) return `They look alike but use different characters. ${sure}`
  return `${firstDifference(expected, received)} ${sure}`
}

/** The characters of a text that are seen, compatible forms as one. */
const seen = (text: string) => text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, '')

/** Positions count characters as people do, from 1. */
function firstDifference(expected: string, received: string): string {
  const ours = Array.from(expected)
  const theirs = Array.from(received)
  const at = ours.findIndex((character, index) => character !== theirs[index])
  const position = at < 0 ? ours.length : at
  const name = (character: string | undefined) =>
    character === undefined ? 'the end' : visibleText(JSON.stringify(character))
  return `They differ at character ${position + 1}: expected ${name(ours[position])}, received ${name(theirs[position])}.`
}
