import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { FetchedKeys, RemoteKeySource } from './fetch-keys'

/** The keys of remote sources, fetched as seldom as is right. One per process. */
export type KeyCache = {
  /**
   * The keys of a source, for a token that names `kid` (null: names none). Never rejects. While nothing changes the
   * answer is the same object, so that keys are imported once.
   */
  get(source: RemoteKeySource, wanted: { kid: string | null }): Promise<KeySet>
  /** Fetches now, whatever is cached ("fetch keys now"); joins a fetch that is already under way. */
  refresh(source: RemoteKeySource): Promise<FetchedKeys>
  forget(source: RemoteKeySource): void
}

export type KeyCacheOptions = {
  /** Never rejects. */
  fetch: (source: RemoteKeySource) => Promise<FetchedKeys>
  /** Epoch milliseconds. */
  now?: () => number
  /** How long after its fetch a set goes on serving while its source fails. */
  lastGoodSeconds?: number
  /** How often unknown kids may cause a fetch, however many there are. */
  unknownKidCooldownSeconds?: number
  /** How long after a failed fetch the source is left alone. */
  retrySeconds?: number
  entriesMax?: number
  /** Told of every fetch once it is done; must not throw. */
  onFetch?: (source: RemoteKeySource, result: FetchedKeys) => void
}

type OkSet = Extract<KeySet, { status: 'ok' }>

type Entry = {
  good: { keySet: OkSet; at: number; freshUntil: number } | null
  /** Set from the first failed fetch to the next good one. `since` in epoch seconds. */
  failing: { since: number; retryAt: number; unavailable: KeySet; stale: OkSet | null } | null
  flight: Promise<FetchedKeys> | null
  unknownKidAt: number
}

export function createKeyCache({
  fetch,
  now = Date.now,
  lastGoodSeconds = 86_400,
  unknownKidCooldownSeconds = 30,
  retrySeconds = 5,
  entriesMax = 1_000,
  onFetch,
}: KeyCacheOptions): KeyCache {
  // In order of use, the longest unused first.
  const entries = new Map<string, Entry>()

  return {
    async get(source, { kid }) {
      const entry = entryOf(source)
      const at = now()
      const held = serving(entry, at)
      const mayTry = !entry.failing || at >= entry.failing.retryAt
      if (held?.status !== 'ok') return held && !mayTry ? held : fetched(entry, source)

      if (kid !== null && !held.keys.some((key) => key.kid === kid)) {
        if (entry.flight) return fetched(entry, source)
        if (mayTry && at >= entry.unknownKidAt + unknownKidCooldownSeconds * 1000) {
          entry.unknownKidAt = at
          return fetched(entry, source)
        }
      }
      if (entry.failing) {
        // A login does not wait for a source that was down a moment ago; the next one finds it recovered.
        if (mayTry) void fetchOnce(entry, source)
        return held
      }
      return entry.good && at >= entry.good.freshUntil ? fetched(entry, source) : held
    },

    refresh: (source) => fetchOnce(entryOf(source), source),

    forget(source) {
      entries.delete(keySourceId(source))
    },
  }

  function entryOf(source: RemoteKeySource): Entry {
    const id = keySourceId(source)
    const entry = entries.get(id) ?? { good: null, failing: null, flight: null, unknownKidAt: Number.NEGATIVE_INFINITY }
    entries.delete(id)
    entries.set(id, entry)
    const [eldest] = entries.keys()
    if (entries.size > entriesMax && eldest !== undefined) entries.delete(eldest)
    return entry
  }

  /** What the entry has to offer; null before the first fetch. */
  function serving({ good, failing }: Entry, at: number): KeySet | null {
    if (!failing) return good?.keySet ?? null
    const lasts = good !== null && at < good.at + lastGoodSeconds * 1000
    return lasts && failing.stale ? failing.stale : failing.unavailable
  }

  async function fetched(entry: Entry, source: RemoteKeySource): Promise<KeySet> {
    const { keySet } = await fetchOnce(entry, source)
    return serving(entry, now()) ?? keySet
  }

  function fetchOnce(entry: Entry, source: RemoteKeySource): Promise<FetchedKeys> {
    entry.flight ??= fetch(source)
      .then((result) => {
        store(entry, result, now())
        onFetch?.(source, result)
        return result
      })
      .finally(() => {
        entry.flight = null
      })
    return entry.flight
  }

  function store(entry: Entry, { keySet, cacheSeconds }: FetchedKeys, at: number): void {
    const before = entry.good?.keySet
    if (keySet.status === 'ok') {
      // The same keys stay the same objects, so that whoever imported them need not do it again.
      const keys = before && isDeepStrictEqual(before.keys, keySet.keys) ? before.keys : keySet.keys
      entry.good = { keySet: { ...keySet, keys }, at, freshUntil: at + cacheSeconds * 1000 }
      entry.failing = null
      return
    }
    const { reason, message } = keySet
    const since = entry.failing?.since ?? Math.floor(at / 1000)
    const stale = before ? { ...before, stale: { since, reason, message } } : null
    const same = entry.failing?.stale && isDeepStrictEqual(entry.failing.stale, stale)
    entry.failing = {
      since,
      retryAt: at + retrySeconds * 1000,
      unavailable: keySet,
      stale: same ? (entry.failing?.stale ?? stale) : stale,
    }
  }
}

/** The same for two trusts that share a source, and different as soon as anything of it differs. SHA-256, hex. */
export function keySourceId({ kind, url, caCert }: RemoteKeySource): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, url, caCert.trim()]))
    .digest('hex')
}
