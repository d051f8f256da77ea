import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/trust'
import type { FetchedKeys } from './fetch-keys'

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

/** A good set that was fetched earlier, by this process or another. Instants in epoch milliseconds. */
export type KnownKeys = {
  keySet: OkSet
  at: number
  freshUntil: number
  /** Since when its source fails, if it does. */
  failingSince: number | null
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
  /**
   * The newest good set anybody fetched. Asked before the first fetch of a source, so that a restart forgets nothing,
   * and when a set has become old, so that several servers share one fetch. May reject: then it is as if it knew none.
   */
  restore?: (source: RemoteKeySource) => Promise<KnownKeys | null>
}

type OkSet = Extract<KeySet, { status: 'ok' }>

type Entry = {
  good: { keySet: OkSet; at: number; freshUntil: number } | null
  /** Set from the first failed fetch to the next good one. `since` in epoch seconds. */
  failing: { since: number; retryAt: number; unavailable: KeySet; stale: OkSet | null } | null
  flight: Promise<FetchedKeys> | null
  unknownKidAt: number
  /** Since when the source failed before this process asked it, epoch milliseconds. */
  failedBefore: number | null
  recalling: Promise<void> | null
}

const newEntry = (): Entry => ({
  good: null,
  failing: null,
  flight: null,
  unknownKidAt: Number.NEGATIVE_INFINITY,
  failedBefore: null,
  recalling: null,
})

export function createKeyCache({
  fetch,
  now = Date.now,
  lastGoodSeconds = 86_400,
  unknownKidCooldownSeconds = 30,
  retrySeconds = 5,
  entriesMax = 1_000,
  onFetch,
  restore,
}: KeyCacheOptions): KeyCache {
  // In order of use, the longest unused first.
  const entries = new Map<string, Entry>()

  return {
    async get(source, { kid }) {
      const entry = entryOf(source)
      await recall(entry, source)
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

    async refresh(source) {
      const entry = entryOf(source)
      // Should the fetch fail, the last good set must be at hand.
      await recall(entry, source)
      return fetchOnce(entry, source)
    },

    forget(source) {
      entries.delete(keySourceId(source))
    },
  }

  function entryOf(source: RemoteKeySource): Entry {
    const id = keySourceId(source)
    const entry = entries.get(id) ?? newEntry()
    entries.delete(id)
    entries.set(id, entry)
    const [eldest] = entries.keys()
    if (entries.size > entriesMax && eldest !== undefined) entries.delete(eldest)
    return entry
  }

  /** Asks what others know, while nothing fresh is known here; one look-up serves every login that waits. */
  async function recall(entry: Entry, source: RemoteKeySource): Promise<void> {
    if (!restore || entry.failing || entry.flight || (entry.good && now() < entry.good.freshUntil)) return
    entry.recalling ??= restore(source)
      .then(
        (known) => {
          if (known) adopt(entry, known)
        },
        // Who cannot look back asks the source itself.
        () => undefined,
      )
      .finally(() => {
        entry.recalling = null
      })
    await entry.recalling
  }

  function adopt(entry: Entry, { keySet, at, freshUntil, failingSince }: KnownKeys): void {
    if (entry.failing || (entry.good && entry.good.at >= at)) return
    // A source that fails is asked before its set is believed to be fresh, so that the trace says what is wrong.
    const freshHere = failingSince === null ? freshUntil : at
    entry.good = { keySet: withSameKeys(keySet, entry.good?.keySet), at, freshUntil: freshHere }
    entry.failedBefore = failingSince
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
      entry.good = { keySet: withSameKeys(keySet, before), at, freshUntil: at + cacheSeconds * 1000 }
      entry.failing = null
      entry.failedBefore = null
      return
    }
    const { reason, message } = keySet
    const since = entry.failing?.since ?? Math.floor((entry.failedBefore ?? at) / 1000)
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

/** The same keys stay the same objects, so that whoever imported them need not do it again. */
function withSameKeys(keySet: OkSet, before: OkSet | undefined): OkSet {
  return before && isDeepStrictEqual(before.keys, keySet.keys) ? { ...keySet, keys: before.keys } : keySet
}

/** The same for two trusts that share a source, and different as soon as anything of it differs. SHA-256, hex. */
export function keySourceId({ kind, url, caCert }: RemoteKeySource): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, url, caCert.trim()]))
    .digest('hex')
}
