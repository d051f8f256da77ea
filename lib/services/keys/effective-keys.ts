import { askSources, candidatesOf, mergeKeys, withoutTooOld } from '@/lib/trust/checks/key-candidates'
import { isTrusted } from '@/lib/trust/checks/source-check'
import type { PublicJwk } from '@/lib/trust/jwk'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { KeySource, Trust } from '@/lib/trust/trust'
import type { Context } from '../context'

/** A key that may verify tokens of a trust: what it is, and which of the trust's sources gave it. */
export type EffectiveKey = {
  jwk: PublicJwk & { kid?: string; use?: string; alg?: string }
  source: number
  origin: KeySource['kind']
}

export type EffectiveKeys = {
  keys: EffectiveKey[]
  /** Sources that do not answer now. */
  silent: { source: number; failure: Extract<KeySet, { status: 'unavailable' }> }[]
}

/**
 * The keys of all of a trust's sources as the engine merges them: the first source that has a kid wins. Only good keys, and
 * only their public members, whatever the source published.
 */
export async function effectiveKeys(ctx: Context, trust: Trust): Promise<EffectiveKeys> {
  const asked = await askSources(trust.keys, (source, wanted) => ctx.keys.get(source, wanted), { kid: null })
  const staleSecondsMax = trust.keyUse?.staleSecondsMax ?? null
  const answers = asked.map((answer) => withoutTooOld(answer, staleSecondsMax, ctx.now().getTime() / 1000))
  const keys = mergeKeys(
    candidatesOf(answers.filter((answer) => answer.isLocal || isTrusted(answer, trust.issuer))),
  ).flatMap(({ jwk, reading, source }): EffectiveKey[] => {
    const origin = trust.keys[source]?.kind
    if (!reading.ok || !origin) return []
    return [{ jwk: { ...named(jwk), ...reading.key.jwk }, source, origin }]
  })
  const silent = answers.flatMap(({ set, index }) =>
    set.status === 'unavailable' ? [{ source: index, failure: set }] : [],
  )
  return { keys, silent }
}

/** The members that say how a key is called and what for, where they are text. */
function named(jwk: Record<string, unknown>): { kid?: string; use?: string; alg?: string } {
  const { kid, use, alg } = jwk
  return {
    ...(typeof kid === 'string' ? { kid } : {}),
    ...(typeof use === 'string' ? { use } : {}),
    ...(typeof alg === 'string' ? { alg } : {}),
  }
}
