import { describeProblem } from '../no-token'
import { type DecodedToken, tokenCharactersMax, tokenClaimsMax, tokenDepthMax } from '../token'
import type { Check } from '../verdict'
import { fail, pass, skip } from './check'

/** `token.shape` and `token.limits`. */
export function checkToken(decoded: DecodedToken, length: number): Check[] {
  return [checkShape(decoded), checkLimits(decoded, length)]
}

function checkShape(decoded: DecodedToken): Check {
  const { kind, signatureBytes } = decoded
  const problem = describeProblem(decoded)
  const id = 'token.shape'
  if (kind === 'too-large') return skip(id, 'A token this long is not parsed.')
  const expected = 'three base64url segments joined by dots'
  if (kind === 'jwe') return fail(id, 'token_encrypted', problem ?? '', { expected })
  if (problem) return fail(id, 'token_malformed', problem, { expected })
  return pass(id, `Three segments of base64url; the signature has ${signatureBytes} bytes.`)
}

function checkLimits({ header, claims, kind }: DecodedToken, length: number): Check {
  const id = 'token.limits'
  if (kind === 'too-large') {
    return fail(id, 'token_too_large', `The token is longer than ${tokenCharactersMax} characters.`, {
      expected: `at most ${tokenCharactersMax} characters`,
      received: `${length} characters`,
    })
  }
  const parts = Object.entries({ header, claims })
  const deep = parts.find(([, part]) => !part.ok && part.code === 'depth')
  if (deep) {
    return fail(
      id,
      'token_too_deep',
      `The ${deep[0]} of the token ${deep[0] === 'claims' ? 'nest' : 'nests'} deeper than ${tokenDepthMax} levels.`,
      {
        expected: `at most ${tokenDepthMax} levels`,
      },
    )
  }
  const count = claims.ok ? Object.keys(claims.value).length : 0
  if (count > tokenClaimsMax) {
    return fail(id, 'token_too_many_claims', `The token carries more than ${tokenClaimsMax} claims.`, {
      expected: `at most ${tokenClaimsMax} claims`,
      received: `${count} claims`,
    })
  }
  return pass(id, `${length} characters, within the limits.`)
}
