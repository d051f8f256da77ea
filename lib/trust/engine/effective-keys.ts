import type { Jwk, KeySet } from '../key-sources/key-source'
import { jwkMember, kidOf, type PublicJwk } from '../keys/jwk'
import type { KeySource, TrustPolicy } from '../policy'
import { candidatesOf, mergeKeys, type SourceAnswer, withoutEnded, withoutTooOld } from './checks/key-candidates'
import { isTrusted } from './checks/source-check'

/** A key that may verify tokens of a trust: what it is, and which of the trust's sources gave it. */
export type EffectiveKey = {
  jwk: PublicJwk & { kid?: string; use?: string; alg?: string }
  source: number
  origin: KeySource['kind']
}

export type EffectiveKeys = {
  keys: EffectiveKey[]
  /** Good keys that do not count, because an earlier source has their kid. */
  shadowed: EffectiveKey[]
  /** Sources that do not answer now. */
  unavailable: { source: number; failure: Extract<KeySet, { status: 'unavailable' }> }[]
}

/**
 * The keys that a trust's sources gave, as the engine merges them: the first source that has a kid wins. Only good keys,
 * and only their public members, whatever the source published. Pure.
 * @param now epoch seconds
 */
export function effectiveKeysOf(
  { keys: sources, issuer, keyUse }: Pick<TrustPolicy, 'keys' | 'issuer' | 'keyUse'>,
  asked: readonly SourceAnswer[],
  now: number,
): EffectiveKeys {
  const answers = asked.map((answer) =>
    withoutTooOld(withoutEnded(answer, sources, now), keyUse?.staleSecondsMax ?? null, now),
  )
  const candidates = candidatesOf(answers.filter((answer) => answer.isLocal || isTrusted(answer, issuer)))
  const counting = new Set(mergeKeys(candidates))
  const good = candidates.flatMap((candidate) => {
    const { jwk, reading, source } = candidate
    const origin = sources[source]?.kind
    if (!reading.ok || !origin) return []
    const key: EffectiveKey = { jwk: { ...named(jwk), ...reading.key.jwk }, source, origin }
    return [{ key, counts: counting.has(candidate) }]
  })
  return {
    keys: good.filter(({ counts }) => counts).map(({ key }) => key),
    shadowed: good.filter(({ counts }) => !counts).map(({ key }) => key),
    unavailable: answers.flatMap(({ set, index }) =>
      set.status === 'unavailable' ? [{ source: index, failure: set }] : [],
    ),
  }
}

/** The members that say how a key is called and what for, where they are text. */
function named(jwk: Jwk): { kid?: string; use?: string; alg?: string } {
  const kid = kidOf(jwk)
  const [use, alg] = [jwkMember(jwk, 'use'), jwkMember(jwk, 'alg')]
  return {
    ...(kid === null ? {} : { kid }),
    ...(typeof use === 'string' ? { use } : {}),
    ...(typeof alg === 'string' ? { alg } : {}),
  }
}
