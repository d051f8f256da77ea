import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { cacheSecondsMax } from './cache-lifetime'
import { isFuture } from './clock'
import { withinDeadline } from './deadline'
import type { FetchFailure } from './destination'
import { timedOut, wordError } from './fetch-failure'
import { discoveryUrl, type FetchedKeys } from './fetch-keys'

/** The keys of remote sources, fetched as seldom as is right. One per process. */
export type KeyCache = {
  /** The keys of a source. Never rejects. While nothing changes the answer is the same object, so that keys are imported once. */
  get(source: RemoteKeySource, wanted?: Wanted): Promise<KeySet>
  /** Fetches now, whatever is cached ("fetch keys now"); joins a fetch that is already under way. Never rejects. */
  refresh(source: RemoteKeySource): Promise<FetchedKeys>
  forget(source: RemoteKeySource): void
}

export type Wanted = {
  /** No key of the set given before verified the token: fetch again, if the cool-down allows it. */
  again?: boolean
  /** With `again`: a set fetched at or after this moment is not asked for once more. Milliseconds of the monotonic clock. */
  since?: number
  /** Only keys that need no fetch; otherwise the answer is `not-asked`. */
  knownOnly?: boolean
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
  fetch: (source: RemoteKeySource) => Promise<FetchedKeys>
  /** Epoch milliseconds. */
  now?: () => number
  /** Milliseconds that only grow: a clock that is set does not move it. */
  monotonic?: () => number
  /** How long after its fetch a set goes on serving while its source fails. */
  lastGoodSeconds?: number
  /** How often tokens that no key verifies may cause a fetch, however many there are. */
  againCooldownSeconds?: number
  /** How long after a failed fetch the source is left alone. */
  retrySeconds?: number
  /** After this time a fetch counts as failed, and the next login begins another: `fetch` has a shorter deadline of its own. */
  flightSecondsMax?: number
  /** How long the answer of `restore` is waited for. */
  restoreSecondsMax?: number
  entriesMax?: number
  /** Told of every fetch once it is done; must not throw. */
  onFetch?: (source: RemoteKeySource, result: FetchedKeys) => void
  /**
   * The newest good set that any server fetched. Called before the first fetch of a source, so that a restart forgets nothing,
   * and when a set has become old, so that several servers share one fetch. May reject: then it is as if it knew none.
   */
  restore?: (source: RemoteKeySource) => Promise<KnownKeys | null>
}

type OkSet = Extract<KeySet, { status: 'ok' }>

/** `at` in epoch milliseconds; `since` is the same moment on the monotonic clock, as far as this process can tell. */
type Good = { keySet: OkSet; at: number; since: number; freshMs: number }

type Entry = {
  good: Good | null
  /** Set from the first failed fetch to the next good one. `since` in epoch seconds, `retryAt` monotonic. */
  failing: { since: number; retryAt: number; unavailable: KeySet; stale: OkSet | null } | null
  flight: Promise<FetchedKeys> | null
  /** When the last fetch came to an end, good or bad; monotonic. */
  fetchedAt: number
  /** When a token that no key verified last caused a fetch; monotonic. */
  againAt: number
  /** Since when the source failed before this process asked it, epoch milliseconds. */
  failedBefore: number | null
  /** When others were last asked; monotonic. */
  recalledAt: number
  recalling: Promise<void> | null
}

const newEntry = (): Entry => ({
  good: null,
  failing: null,
  flight: null,
  fetchedAt: Number.NEGATIVE_INFINITY,
  againAt: Number.NEGATIVE_INFINITY,
  failedBefore: null,
  recalledAt: Number.NEGATIVE_INFINITY,
  recalling: null,
})

export function createKeyCache({
  fetch,
  now = Date.now,
  monotonic = () => performance.now(),
  lastGoodSeconds = 86_400,
  againCooldownSeconds = 30,
  retrySeconds = 5,
  flightSecondsMax = 15,
  restoreSecondsMax = 3,
  entriesMax = 1_000,
  onFetch,
  restore,
}: KeyCacheOptions): KeyCache {
  // In order of use, the longest unused first.
  const entries = new Map<string, Entry>()

  return {
    async get(source, { again = false, since = Number.POSITIVE_INFINITY, knownOnly = false } = {}) {
      const entry = entryOf(source)
      await recall(entry, source)
      const held = serving(entry)
      if (knownOnly) return held && (entry.failing || isFresh(entry)) ? held : notAsked
      const mayTry = !entry.failing || monotonic() >= entry.failing.retryAt
      if (held?.status !== 'ok') return held && !mayTry ? held : fetched(entry, source)

      if (again && entry.fetchedAt < since) {
        if (entry.flight) return fetched(entry, source)
        if (mayTry && monotonic() >= entry.againAt + againCooldownSeconds * 1000) {
          entry.againAt = monotonic()
          return fetched(entry, source)
        }
      }
      if (entry.failing) {
        // A login does not wait for a source that was down a moment ago; the next one finds it recovered.
        if (mayTry) void fetchOnce(entry, source)
        return held
      }
      return isFresh(entry) ? held : fetched(entry, source)
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

  /**
   * How old a set is, in milliseconds, by the clock that says more: the monotonic one rests while the machine sleeps, the
   * other one may be set. A set that comes from the future by the clock is as old as this process remembers it.
   */
  function ageOf({ at, since }: Good): number {
    return Math.max(monotonic() - since, now() - at)
  }

  /** A set that comes from the future is never fresh: nothing is known of when it was really fetched. */
  function isFresh({ good }: Entry): boolean {
    return good !== null && !isFuture(good.at, now()) && ageOf(good) < good.freshMs
  }

  /** Asks what others know, while nothing fresh is known here; one look-up serves every login that waits. */
  async function recall(entry: Entry, source: RemoteKeySource): Promise<void> {
    if (!restore || entry.failing || entry.flight || isFresh(entry)) return
    if (!entry.recalling && monotonic() < entry.recalledAt + retrySeconds * 1000) return
    entry.recalling ??= withinDeadline(restore(source), restoreSecondsMax * 1000, () => null)
      .then(
        (known) => {
          if (known) adopt(entry, known)
        },
        // Who cannot look back asks the source itself.
        () => undefined,
      )
      .finally(() => {
        entry.recalling = null
        entry.recalledAt = monotonic()
      })
    await entry.recalling
  }

  function adopt(entry: Entry, { keySet, at, freshUntil, failingSince }: KnownKeys): void {
    if (entry.failing || (entry.good && !isFuture(entry.good.at, now()) && entry.good.at >= at)) return
    const since = monotonic() - Math.max(0, now() - at)
    // A source that fails is asked before its set is believed to be fresh, so that the trace says what is wrong.
    const freshMs = failingSince === null ? Math.min(freshUntil - at, freshMsMax) : 0
    entry.good = { keySet: withSameKeys(keySet, entry.good?.keySet), at, since, freshMs }
    entry.failedBefore = failingSince
  }

  /** The keys of the entry, fresh or last good; null before the first fetch. */
  function serving({ good, failing }: Entry): KeySet | null {
    if (!failing) return good?.keySet ?? null
    const lasts = good !== null && ageOf(good) < lastGoodSeconds * 1000
    return lasts && failing.stale ? failing.stale : failing.unavailable
  }

  async function fetched(entry: Entry, source: RemoteKeySource): Promise<KeySet> {
    const { keySet } = await fetchOnce(entry, source)
    return serving(entry) ?? keySet
  }

  function fetchOnce(entry: Entry, source: RemoteKeySource): Promise<FetchedKeys> {
    entry.flight ??= fly(entry, source)
    return entry.flight
  }

  /** A fetch that rejects, or that never ends, is a failed one: no login waits for it for ever, and the next one tries again. */
  async function fly(entry: Entry, source: RemoteKeySource): Promise<FetchedKeys> {
    const began = monotonic()
    const overdue = () => failed(timedOut(flightSecondsMax), monotonic() - began)
    const work = Promise.resolve()
      .then(() => fetch(source))
      .catch((cause: unknown) => failed(wordError(cause), monotonic() - began))
    const result = await withinDeadline(work, flightSecondsMax * 1000, overdue)
    entry.flight = null
    entry.fetchedAt = monotonic()
    store(entry, result)
    onFetch?.(source, result)
    return result
  }

  function store(entry: Entry, { keySet, cacheSeconds }: FetchedKeys): void {
    const before = entry.good?.keySet
    const at = now()
    if (keySet.status === 'ok') {
      const freshMs = Math.min(cacheSeconds * 1000, freshMsMax)
      entry.good = { keySet: withSameKeys(keySet, before), at, since: monotonic(), freshMs }
      entry.failing = null
      entry.failedBefore = null
      return
    }
    const { reason, message, issuer } = keySet
    const since = entry.failing?.since ?? Math.floor(Math.min(entry.failedBefore ?? at, at) / 1000)
    // A discovery document that was read counts, although its keys could not be had: it may name another issuer now.
    const named = issuer === undefined ? {} : { issuer }
    const stale = before ? { ...before, ...named, stale: { since, reason, message } } : null
    const same = entry.failing?.stale && isDeepStrictEqual(entry.failing.stale, stale)
    entry.failing = {
      since,
      retryAt: monotonic() + retrySeconds * 1000,
      unavailable: keySet,
      stale: same ? (entry.failing?.stale ?? stale) : stale,
    }
  }
}

const notAsked: KeySet = {
  status: 'unavailable',
  reason: 'not-asked',
  message: 'This key source was not fetched, because the login has reached its limit of key sources.',
  fix: 'Move this source further up, or create a separate trust for its issuer.',
}

/** No set is fresh for longer, whatever a record says. */
const freshMsMax = cacheSecondsMax * 1000

/** A fetch that came to nothing, in the shape of its result. */
function failed({ reason, message, fix }: FetchFailure, latencyMs: number): FetchedKeys {
  const keySet = { status: 'unavailable', reason, message, fix } as const
  return { keySet, cacheSeconds: 0, latencyMs: Math.round(latencyMs) }
}

/** The same keys stay the same objects, so that they are not imported again. */
function withSameKeys(keySet: OkSet, before: OkSet | undefined): OkSet {
  return before && isDeepStrictEqual(before.keys, keySet.keys) ? { ...keySet, keys: before.keys } : keySet
}

/**
 * The same for two trusts that share a source, and different as soon as anything of it differs; a discovery URL with and without
 * its well-known suffix is one source. SHA-256, hex.
 */
export function keySourceId({ kind, url, caCert }: RemoteKeySource): string {
  const isDiscovery = kind === 'oidc-discovery' && URL.canParse(url)
  const named = isDiscovery ? discoveryUrl(url).replace('/.well-known/openid-configuration', '') : url
  return createHash('sha256')
    .update(JSON.stringify([kind, named, caCert.trim()]))
    .digest('hex')
}
