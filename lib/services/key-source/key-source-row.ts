import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import type { Discovery, FetchedKeys } from '@/lib/net/fetch-keys'
import type { KnownKeys } from '@/lib/net/key-cache'
import { isJsonObject, parseJson } from '@/lib/trust/json/json'
import type { Jwk } from '@/lib/trust/key-sources/key-source'

/** The columns of a state that hold JSON of ours. */
type JsonColumns = { tls: string | null; discovery: string | null }

/** As all of these, null where there is nothing or it cannot be read: the next fetch replaces it. */
export const toTls = ({ tls }: Pick<JsonColumns, 'tls'>): NonNullable<FetchedKeys['tls']> | null =>
  storedOrNull(tls, Tls)

export const toDiscovery = ({ discovery }: Pick<JsonColumns, 'discovery'>): Discovery | null =>
  storedOrNull(discovery, StoredDiscovery)

const Certificate = z.object({
  ...{ subject: z.string(), issuer: z.string(), fingerprint: z.string() },
  ...{ notBefore: z.number(), notAfter: z.number() },
})
const Tls = Certificate.extend({ protocol: z.string(), chain: z.array(Certificate) })
const StoredDiscovery = z.object({ issuer: z.string(), jwksUri: z.string(), algorithms: z.array(z.string()) })

/** The last good set as it was kept; integers beyond 2^53 are exact. */
function toJwks(keys: string): Jwk[] | null {
  const parsed = parseJson(keys)
  return parsed.ok && Array.isArray(parsed.value) ? parsed.value.filter(isJsonObject) : null
}

type KeptSet = JsonColumns & {
  keys: string | null
  keysFetchedAt: Date | null
  freshUntil: Date | null
  failingSince: Date | null
}

/** The keys that a cache begins with; null where no set was ever good. */
export function toKnownKeys(row: KeptSet | null): KnownKeys | null {
  if (!row || row.keys === null || !row.keysFetchedAt || !row.freshUntil) return null
  const keys = toJwks(row.keys)
  if (!keys) return null
  const at = row.keysFetchedAt.getTime()
  const discovery = toDiscovery(row)
  return {
    keySet: {
      status: 'ok',
      keys,
      fetchedAt: Math.floor(at / 1000),
      stale: null,
      ...(discovery && { issuer: discovery.issuer }),
    },
    at,
    freshUntil: row.freshUntil.getTime(),
    failingSince: row.failingSince?.getTime() ?? null,
  }
}
