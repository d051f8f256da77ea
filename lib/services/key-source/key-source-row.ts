import type { Discovery, FetchedKeys } from '@/lib/net/fetch-keys'
import type { KnownKeys } from '@/lib/net/key-cache'
import { isJsonObject, parseJson } from '@/lib/trust/json'
import type { Jwk } from '@/lib/trust/key-sources/key-source'

/** The columns of a state that hold JSON of ours. */
type JsonColumns = { tls: string | null; discovery: string | null }

export const toTls = ({ tls }: Pick<JsonColumns, 'tls'>): NonNullable<FetchedKeys['tls']> | null =>
  readRecord(tls, (value) => Array.isArray(value.chain))

export const toDiscovery = ({ discovery }: Pick<JsonColumns, 'discovery'>): Discovery | null =>
  readRecord(discovery, ({ issuer, jwksUri }) => typeof issuer === 'string' && typeof jwksUri === 'string')

/** What we wrote ourselves; null where there is nothing, or where it cannot be read any more: the next fetch replaces it. */
function readRecord<T>(text: string | null, isWhole: (value: Record<string, unknown>) => boolean): T | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null && isWhole({ ...value }) ? (value as T) : null
  } catch {
    return null
  }
}

/** The last good set as it was kept; integers beyond 2^53 are exact. */
export function toJwks(keys: string): Jwk[] {
  const parsed = parseJson(keys)
  if (!parsed.ok || !Array.isArray(parsed.value)) throw new Error('A stored key set cannot be read.')
  return parsed.value.filter(isJsonObject)
}

type KeptSet = JsonColumns & {
  keys: string | null
  keysFetchedAt: Date | null
  freshUntil: Date | null
  failingSince: Date | null
}

/** What a cache may begin with; null where no set was ever good. */
export function toKnownKeys(row: KeptSet | null): KnownKeys | null {
  if (!row || row.keys === null || !row.keysFetchedAt || !row.freshUntil) return null
  const at = row.keysFetchedAt.getTime()
  const discovery = toDiscovery(row)
  return {
    keySet: {
      status: 'ok',
      keys: toJwks(row.keys),
      fetchedAt: Math.floor(at / 1000),
      stale: null,
      ...(discovery && { issuer: discovery.issuer }),
    },
    at,
    freshUntil: row.freshUntil.getTime(),
    failingSince: row.failingSince?.getTime() ?? null,
  }
}
