import type { Algorithm } from '../../algorithms'
import { type JsonValue, typeWords } from '../../json/json'
import { kidOf } from '../../keys/jwk'
import type { KeyUse } from '../../policy'
import { checksOf } from '../check-table'
import type { Check } from '../verdict'
import { fail, pass, show, skip, warn } from './check'
import { type Candidate, keysOfKid, mergeKeys, type SourceAnswer } from './key-candidates'
import { strengthFault, useFault } from './key-faults'
import { checkSources, type Issuers } from './source-check'

/** How many keys of fetched sets are tried for a token that names none: anyone can send such tokens, and each try is a signature check. */
const unnamedKeysMax = 10

export type KeyFindings = {
  /** `keys.source`, `keys.kid`, `keys.usable`, `keys.strength`. */
  checks: Check[]
  /** Keys worth trying, in order. */
  keys: Candidate[]
}

const skipped = (message: string, done: readonly Check[] = []) =>
  checksOf('keys')
    .filter((id) => done.every((check) => check.id !== id))
    .map((id) => skip(id, message))

/** No key is asked for: the token is not in a shape to be verified. */
export const noKeysAsked: KeyFindings = {
  checks: skipped('No key was looked up, because the token is not one that could be verified.'),
  keys: [],
}

/**
 * Chooses the keys that may verify the token. `kid` present: only keys of that kid, the first source that has it wins;
 * absent: every fitting key, those of fetched sets at most ten, or (`unnamed: 'only'`) the one that fits alone. The
 * algorithm comes from trust × key.
 */
export function checkKeys(
  answers: readonly SourceAnswer[],
  candidates: readonly Candidate[],
  { kid, alg, issuer, tokenIssuer, unnamed }: Wanted,
): KeyFindings {
  const named = nameIn(kid)
  const chosen = choose(candidates, named, alg, unnamed)
  const sources = checkSources(
    answers,
    { issuer, tokenIssuer },
    chosen.map(({ source }) => source),
  )
  if (sources.status === 'fail') {
    return { checks: [sources, ...skipped('There are no keys to choose from.', [sources])], keys: [] }
  }
  if (named === undefined && unnamed === 'only' && fitting(chosen, alg).length > 1) {
    const done = [sources, ambiguous]
    return { checks: [...done, ...skipped('It is not known which key is meant.', done)], keys: [] }
  }
  const kidCheck = checkKid(chosen, kid, candidates)
  if (chosen.length === 0) {
    const done = [sources, kidCheck]
    return { checks: [...done, ...skipped('There is no key to check.', done)], keys: [] }
  }
  const usable = fitting(chosen, alg)
  const strong = usable.filter((candidate) => strengthFault(candidate) === null)
  return {
    checks: [sources, kidCheck, checkUsable(chosen, usable, alg), checkStrength(usable, strong)],
    keys: strong,
  }
}

/** The key ID of a header. One that is null or empty names no key, as one that is not there (RFC 7515 §4.1.4). */
const nameIn = (kid: JsonValue | undefined) => (kid === null || kid === '' ? undefined : kid)

type Wanted = Issuers & { kid: JsonValue | undefined; alg: Algorithm; unnamed: KeyUse['unnamed'] }

function choose(
  candidates: readonly Candidate[],
  kid: JsonValue | undefined,
  alg: Algorithm,
  unnamed: KeyUse['unnamed'],
): Candidate[] {
  if (typeof kid === 'string') return keysOfKid(candidates, kid)
  if (kid !== undefined) return []
  const counted = unnamed === 'only' ? mergeKeys(candidates) : [...candidates]
  let fetched = 0
  const tried = fitting(counted, alg).filter(
    ({ isLocal }) => isLocal || unnamed === 'only' || ++fetched <= unnamedKeysMax,
  )
  // With no fitting key, all are kept, so that the next check can say why none fits.
  return tried.length > 0 ? tried : counted
}

const fitting = (candidates: readonly Candidate[], alg: Algorithm) =>
  candidates.filter((candidate) => useFault(candidate, alg) === null)

const ambiguous = fail('keys.kid', 'key_ambiguous', 'The token names no key, and more than one key fits it.', {
  received: show(undefined),
  expected: 'a key ID, or only one key of a fitting type',
  fix: 'Have the issuer write a "kid" into the header, or leave only one key of this type.',
  field: 'keyUse.unnamed',
})

function checkKid(chosen: Candidate[], sent: JsonValue | undefined, candidates: readonly Candidate[]): Check {
  const id = 'keys.kid'
  const kid = nameIn(sent)
  const known = candidates.flatMap(({ jwk }) => kidOf(jwk) ?? [])
  const more = {
    received: show(sent),
    expected: known.length > 0 ? `one of ${known.slice(0, 20).map(show).join(', ')}` : 'a key',
  }
  if (kid !== undefined && typeof kid !== 'string') {
    return fail(id, 'key_not_found', `The key ID in the header is ${typeWords(kid)} where text is wanted.`, more)
  }
  if (chosen.length === 0) {
    const message = candidates.length === 0 ? 'There are no keys.' : 'No key has the key ID that the token names.'
    const fix =
      'Was the token made by another issuer or environment, or was its key withdrawn? Then take a fresh token.'
    return fail(id, 'key_not_found', message, { ...more, fix })
  }
  if (typeof kid === 'string') {
    const isNamed = chosen.some(({ jwk }) => kidOf(jwk) === kid)
    const message = isNamed
      ? 'The key that the token names is known.'
      : 'The keys that were entered have no key ID, so each is tried.'
    return pass(id, message, more)
  }
  if (sent !== undefined) {
    return warn(id, `The key ID in the header is ${sent === null ? 'null' : 'empty'}, which names no key.`, {
      ...more,
      fix: 'Have the issuer write a "kid" into the header, or leave it out.',
    })
  }
  if (chosen.every(({ isLocal }) => isLocal))
    return pass(id, 'The token names no key; the keys that were entered are tried.', more)
  return warn(id, `The token names no key; up to ${unnamedKeysMax} suitable keys are tried.`, {
    ...more,
    fix: 'Have the issuer write a "kid" into the header.',
  })
}

function checkUsable(chosen: Candidate[], usable: Candidate[], alg: Algorithm): Check {
  const id = 'keys.usable'
  const [first] = chosen
  if (usable.length > 0)
    return pass(id, usable.length === 1 ? 'One key fits the algorithm.' : `${usable.length} keys fit the algorithm.`)
  return fail(id, 'key_unusable', 'The key cannot be used with the algorithm of the token.', {
    expected: `a public key for ${alg}`,
    fix: (first && useFault(first, alg)) ?? undefined,
    field: first && `keys.${first.source}`,
  })
}

function checkStrength(usable: Candidate[], strong: Candidate[]): Check {
  const id = 'keys.strength'
  const [first] = usable
  if (!first) return skip(id, 'There is no usable key to check.')
  if (strong.length > 0)
    return pass(id, 'The key is strong enough.', {
      received: strong[0]?.reading.ok ? strong[0].reading.key.label : undefined,
    })
  return fail(id, 'key_too_weak', 'The key is too weak to rely on.', {
    expected: 'RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519',
    received: first.reading.ok ? first.reading.key.label : (first.reading.label ?? undefined),
    fix: strengthFault(first) ?? undefined,
    field: `keys.${first.source}`,
  })
}
