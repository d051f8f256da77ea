import { isJsonObject, type JsonValue } from '../../json/json'
import { localKeysOf } from '../../key-sources'
import type { Jwk, KeySet } from '../../key-sources/key-source'
import { type KeyReading, kidOf, readJwk } from '../../keys/jwk'
import { testKeyEnd } from '../../keys/test-key'
import type { KeySource, RemoteKeySource } from '../../policy'

/** The answer of a source. `isLocal`: its keys were typed in by the trust's owner. */
export type SourceAnswer = { index: number; set: KeySet; isLocal: boolean }

/** A key that might verify the token. `jwk` is the object its source gave: its identity names the imported key. */
export type Candidate = { source: number; jwk: Jwk; reading: KeyReading; isLocal: boolean }

/** The question to a remote source. */
export type KeyRequest = {
  kid: string | null
  alg: string
  /** No key of the set given before verified the token: ask the source itself again, if its cool-down allows it. */
  again?: true
  /** More sources come before this one than one login asks: only keys that need no fetch. */
  knownOnly?: true
}

export type KeyProvider = (source: RemoteKeySource, wanted: KeyRequest) => Promise<KeySet>

/** How many remote sources one token may cause to be fetched from, in the order of the trust. */
export const askedSourcesMax = 10

/**
 * Asks every source at once; those after the first ten remote ones for keys that need no fetch. A source that throws is a
 * source that could not be reached.
 */
export function askSources(
  sources: readonly KeySource[],
  keys: KeyProvider,
  wanted: Pick<KeyRequest, 'kid' | 'alg'>,
): Promise<SourceAnswer[]> {
  let remote = 0
  return Promise.all(
    sources.map(async (source, index) => {
      try {
        const local = localOnce(source)
        if (local) return { index, isLocal: true, set: asKeySet(await local) }
        remote += 1
        const request: KeyRequest = remote > askedSourcesMax ? { ...wanted, knownOnly: true } : wanted
        return { index, isLocal: false, set: asKeySet(await keys(asRemote(source), request)) }
      } catch {
        return { index, isLocal: false, set: unreachable }
      }
    }),
  )
}

/**
 * The same answers, with those of the sources at `indexes` asked for again; null when no source has anything new, so that
 * there is nothing to judge once more.
 */
export async function askAgain(
  answers: readonly SourceAnswer[],
  sources: readonly KeySource[],
  indexes: ReadonlySet<number>,
  keys: KeyProvider,
  wanted: Pick<KeyRequest, 'kid' | 'alg'>,
): Promise<SourceAnswer[] | null> {
  const renewed = await Promise.all(
    answers.map(async (answer) => {
      const source = sources[answer.index]
      if (!source || !indexes.has(answer.index)) return answer
      try {
        return { ...answer, set: asKeySet(await keys(asRemote(source), { ...wanted, again: true })) }
      } catch {
        return answer
      }
    }),
  )
  const isNew = renewed.some(({ set }, at) => keysIn(set) !== keysIn(answers[at]?.set))
  return isNew ? renewed : null
}

const keysIn = (set: KeySet | undefined) => set?.keys ?? null

/** Every key of every source that answered, judged, in the order of the trust. */
export function candidatesOf(answers: readonly SourceAnswer[]): Candidate[] {
  return answers.flatMap(({ index, set, isLocal }) => {
    if (set.status === 'ok' || set.keys) {
      const keys = set.keys ?? []
      return keys.filter(isJsonObject).map((jwk) => ({ source: index, jwk, isLocal, reading: readOnce(jwk) }))
    }
    // A typed-in key that cannot be read is an unusable key, not a source that might answer later.
    const reading = { ok: false, code: 'malformed_key', message: set.fix, label: null } as const
    return isLocal ? [{ source: index, jwk: {}, isLocal, reading }] : []
  })
}

/**
 * Returns the keys a `kid` names, of the first source that has it (docs/verification.md, "Keys"). Keys that were typed in without a name answer to
 * any, but only if no source knows the name.
 */
export function keysOfKid(candidates: readonly Candidate[], kid: string): Candidate[] {
  const named = candidates.filter(({ jwk }) => kidOf(jwk) === kid)
  const [first] = named
  if (first) return named.filter(({ source }) => source === first.source)
  return candidates.filter(({ jwk, isLocal }) => isLocal && kidOf(jwk) === null)
}

/**
 * Which sources may have a newer key for a token that no key verified: the one whose keys of that kid were tried, else every
 * remote one that was asked (its kid is unknown, or it names none). An index is one of the trust's keys.
 */
export function worthAskingAgain(
  answers: readonly SourceAnswer[],
  candidates: readonly Candidate[],
  kid: JsonValue | undefined,
): Set<number> {
  const remote = answers.filter(({ isLocal, set }) => !isLocal && !(set.status !== 'ok' && set.reason === 'not-asked'))
  const asked = remote.slice(0, askedSourcesMax).map(({ index }) => index)
  const naming = typeof kid === 'string' ? candidates.find(({ jwk }) => kidOf(jwk) === kid) : undefined
  return new Set(naming ? asked.filter((at) => at === naming.source) : asked)
}

/**
 * The keys of all sources as one set: a key whose `kid` an earlier source has does not count. Keys of one source stay as
 * they came.
 */
export function mergeKeys<Key extends { jwk: Jwk; source: number }>(keys: readonly Key[]): Key[] {
  const firstSource = new Map<string | null, number>()
  for (const { jwk, source } of keys) if (!firstSource.has(kidOf(jwk))) firstSource.set(kidOf(jwk), source)
  return keys.filter(({ jwk, source }) => kidOf(jwk) === null || firstSource.get(kidOf(jwk)) === source)
}

/** A test key that has ended verifies nothing more; who holds its private half cannot be known. `now` in epoch seconds. */
export function withoutEnded(answer: SourceAnswer, sources: readonly KeySource[], now: number): SourceAnswer {
  const source = sources[answer.index]
  const endedAt = source?.kind === 'static-pem' ? testKeyEnd(source.pem) : null
  if (endedAt === null || now <= endedAt) return answer
  const fix = `This test key expired on ${new Date(endedAt * 1000).toISOString()}. Replace it by the key of the issuer, or make another one.`
  return {
    ...answer,
    set: { status: 'unavailable', reason: 'not-a-key', message: 'A test key of this trust has expired.', fix },
  }
}

/** A source that fails is silent once its last good set is older than the trust takes it. `now` in epoch seconds. */
export function withoutTooOld(answer: SourceAnswer, staleSecondsMax: number | null, now: number): SourceAnswer {
  const { set } = answer
  if (staleSecondsMax === null || set.status !== 'ok' || !set.stale || set.fetchedAt === null) return answer
  const age = now - set.fetchedAt
  // The age of a set from the future is not known.
  if (age <= staleSecondsMax && age >= -clockDifferenceSecondsMax) return answer
  const { reason, message } = set.stale
  const fix = 'Check that the URL can be reached from the server. The last good keys are too old to be used.'
  return { ...answer, set: { status: 'unavailable', reason, message, fix } }
}

/** How far the clocks of servers that share a database may differ. */
const clockDifferenceSecondsMax = 5

const unreachable: KeySet = {
  status: 'unavailable',
  reason: 'unreachable',
  message: 'The keys could not be fetched.',
  fix: 'Check that the URL can be reached from the server.',
}

/** What a provider hands in is data from outside; an answer that is none counts as silence. */
function asKeySet(set: KeySet): KeySet {
  if (set?.status === 'unavailable') return set
  return set?.status === 'ok' && Array.isArray(set.keys) ? set : unreachable
}

// Sources and keys are immutable, so what was read of them stays true as long as the object lives.
const localSets = new WeakMap<KeySource, Promise<KeySet> | null>()
const readings = new WeakMap<Jwk, KeyReading>()

function localOnce(source: KeySource): Promise<KeySet> | null {
  const known = localSets.get(source)
  if (known !== undefined) return known
  const set = localKeysOf(source)
  localSets.set(source, set)
  return set
}

/** A source without keys of its own is a remote one: the type only lists which. */
const asRemote = (source: KeySource) => source as RemoteKeySource

function readOnce(jwk: Jwk): KeyReading {
  const known = readings.get(jwk)
  if (known) return known
  const reading = readJwk(jwk)
  readings.set(jwk, reading)
  return reading
}
