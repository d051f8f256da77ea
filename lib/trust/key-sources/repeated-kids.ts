import { kidOf } from '../keys/jwk'
import type { KeySource } from '../policy'

/**
 * Typed-in keys that have the kid of an earlier one: only that one would ever verify. Places in `keys`; keys of a URL do not
 * count, for they may change at any time and then come first.
 */
export function repeatedKids(keys: readonly KeySource[]): { at: number; kid: string; first: number }[] {
  const firstOf = new Map<string, number>()
  return keys.flatMap((source, at) => {
    const kid = source.kind === 'inline-jwk' ? kidOf(source.jwk) : null
    if (kid === null) return []
    const first = firstOf.get(kid)
    if (first !== undefined) return [{ at, kid, first }]
    firstOf.set(kid, at)
    return []
  })
}

export const repeatedKidMessage = 'Another supplied key has this kid already. Every key needs its own.'
