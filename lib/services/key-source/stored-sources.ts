import { z } from 'zod'
import { fits, storedOr } from '@/lib/db/stored-json'
import { keySourceId } from '@/lib/net/key-cache'
import { isRemote, KeySource, type RemoteKeySource } from '@/lib/trust/policy'

const Keys = z.array(KeySource)
const Kind = z.enum(['jwks-url', 'oidc-discovery'])

/**
 * Makes a function that reads the remote sources of a trust by their ids from its column `keys`. Most trusts of an organization
 * have the same text, which is parsed once. A text that cannot be read names no source.
 */
export function sourceReader() {
  const known = new Map<string, Map<string, RemoteKeySource>>()
  return (keys: string): Map<string, RemoteKeySource> => {
    const before = known.get(keys)
    if (before) return before
    const sources = new Map(
      storedOr(keys, Keys, [])
        .filter(isRemote)
        .map((source) => [keySourceId(source), source]),
    )
    known.set(keys, sources)
    return sources
  }
}

/** The source of a row of `NamedKeySource`. */
export function toSource({ kind, url, caCert }: { kind: string; url: string; caCert: string }): RemoteKeySource {
  const stored = fits(kind, Kind)
  return { kind: stored.readable ? stored.value : 'jwks-url', url, caCert }
}
