import type { Check } from '@/lib/trust/engine/verdict'
import type { Reference } from './check-row'

/** The part of an RFC that asks for what a check looks at, by the check's id; a rule on any claim has none. */
const sections: Readonly<Record<string, [rfc: number, section: string]>> = {
  'token.shape': [7515, '5.2'],
  'header.json': [7515, '4'],
  'header.typ': [8725, '3.11'],
  'header.crit': [7515, '4.1.11'],
  'header.alg': [8725, '3.1'],
  'keys.source': [8414, '3'],
  'keys.kid': [7515, '4.1.4'],
  'keys.usable': [7517, '4.2'],
  'keys.strength': [7518, '3.3'],
  signature: [7515, '5.2'],
  'claims.json': [7519, '7.2'],
  iss: [7519, '4.1.1'],
  aud: [7519, '4.1.3'],
  sub: [7519, '4.1.2'],
  exp: [7519, '4.1.4'],
  nbf: [7519, '4.1.5'],
  iat: [7519, '4.1.6'],
  lifetime: [7519, '4.1.4'],
  age: [7519, '4.1.6'],
}

/** Returns where a standard says what a check asks; null for what this trust alone asks. */
export function referenceOf({ id }: Pick<Check, 'id'>): Reference | null {
  const section = Object.hasOwn(sections, id) ? sections[id] : undefined
  if (!section) return null
  const [rfc, part] = section
  return { title: `RFC ${rfc} §${part}`, href: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${part}` }
}
