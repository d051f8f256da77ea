import { type Algorithm, isAlgorithm } from '../../algorithms'
import type { JsonObject } from '../../json/json'
import type { TrustPolicy } from '../../policy'
import { checksOf } from '../check-table'
import type { DecodedToken } from '../token'
import type { Check } from '../verdict'
import { fail, fieldOf, pass, show, skip, warn } from './check'

export type HeaderFindings = {
  checks: Check[]
  header: JsonObject | null
  /** The algorithm to verify with; null when the header names none that the trust allows. */
  alg: Algorithm | null
  /** False when the header asks for something that would change what the signature means. */
  isPlain: boolean
}

/** `header.json`, `header.typ`, `header.crit` and `header.alg`. */
export function checkHeader({ header: part }: DecodedToken, trust: TrustPolicy): HeaderFindings {
  if (!part.ok) {
    const unread = part.code === 'unread' || part.code === 'depth'
    const json = unread
      ? skip('header.json', 'The header was not read.')
      : fail('header.json', 'header_malformed', `The header cannot be read: ${part.message}.`, {
          expected: 'a JSON object without duplicate members',
        })
    const rest = checksOf('header')
      .filter((id) => id !== json.id)
      .map((id) => skip(id, 'There is no header to check.'))
    return { checks: [json, ...rest], header: null, alg: null, isPlain: false }
  }
  const header = part.value
  const algCheck = checkAlgorithm(header, trust)
  const extensions = checkExtensions(header)
  const json = pass('header.json', 'The header is a JSON object without duplicate members.')
  return {
    checks: [json, checkType(header), extensions, algCheck],
    header,
    alg: algCheck.status === 'pass' && isAlgorithm(header.alg) ? header.alg : null,
    isPlain: extensions.status !== 'fail',
  }
}

/** Kinds of JWT made for another purpose than to log in; taking one for a login is token confusion (RFC 8725 §3.11). */
const otherPurposes = [
  'dpop+jwt',
  'kb+jwt',
  'logout+jwt',
  'oauth-authz-req+jwt',
  'secevent+jwt',
  'token-introspection+jwt',
]

/**
 * Issuers rarely set `typ` with care, so one that is absent or names a JWT passes, an unknown one is only mentioned, and
 * one that names another purpose is refused. Case and a leading `application/` do not count (RFC 7515 §4.1.9).
 */
function checkType(header: JsonObject): Check {
  const id = 'header.typ'
  const { typ } = header
  if (typ === undefined) return pass(id, 'The token names no type.')
  const received = show(typ)
  const name = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : null
  if (name === 'jwt' || name === 'at+jwt' || name === 'jose')
    return pass(id, 'The token says it is a JWT.', { received })
  if (name !== null && otherPurposes.includes(name)) {
    return fail(id, 'token_type_refused', 'This type of token is not meant for logging in.', {
      received,
      expected: 'no type, JWT or at+jwt',
      fix: 'Send the identity or access token that the issuer made for this audience.',
    })
  }
  return warn(id, 'The token names an unusual type.', { received, expected: 'no type, JWT or at+jwt' })
}

/** What a header may hold beside the plain signature, and must not (RFC 7515 §4.1.11, RFC 7797; `zip`, `enc` are JWE's). */
const refusedMembers = ['crit', 'b64', 'zip', 'enc']

/** How a token can bring its own key or say where to fetch it (RFC 7515 §4.1.2–4.1.6). */
const ownKeyMembers = ['jwk', 'jku', 'x5c', 'x5u']

function checkExtensions(header: JsonObject): Check {
  const id = 'header.crit'
  const names = (list: string[]) => list.filter((name) => Object.hasOwn(header, name)).join(', ')
  const refused = names(refusedMembers)
  if (refused) {
    return fail(id, 'critical_header', 'The header asks for something that is not supported.', {
      received: refused,
      expected: `none of ${refusedMembers.join(', ')}`,
      fix: 'Have the token issued as a plain signed JWT.',
    })
  }
  const own = names(ownKeyMembers)
  if (!own) return pass(id, 'The header asks for nothing special.')
  const message = `The token brought its own key (${own}): that proves nothing, and it is not used.`
  return warn(id, message, { received: own, expected: 'keys come from the trust alone' })
}

// The allow-list comes from the trust alone; the header only ever narrows it (RFC 8725 §3.1).
function checkAlgorithm(header: JsonObject, trust: TrustPolicy): Check {
  const id = 'header.alg'
  const { alg } = header
  const more = { received: show(alg), expected: `one of ${trust.algorithms.join(', ')}`, field: fieldOf(id) }
  const refused = (message: string, fix: string) => fail(id, 'algorithm_not_allowed', message, { ...more, fix })
  if (typeof alg !== 'string') return refused('The header names no algorithm.', 'Have the token signed.')
  if (trust.algorithms.some((allowed) => allowed === alg)) {
    return pass(id, `${alg} is allowed.`, { ...more, received: alg })
  }
  if (/^none$/i.test(alg)) {
    return refused('The token is not signed ("none"): anyone could have written it.', 'Have the token signed.')
  }
  if (/^hs\d/i.test(alg)) {
    return refused(
      'The token is signed with a shared secret: a party that can verify it could also have made it.',
      'Have the issuer sign with a private key (RS256, ES256, EdDSA …).',
    )
  }
  const fix = isAlgorithm(alg)
    ? `Allow ${alg} in this trust, if its issuer really signs with it.`
    : 'Have the issuer sign with a supported algorithm.'
  return refused('The token is signed with an algorithm that is not allowed.', fix)
}
