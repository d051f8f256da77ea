import { isJsonObject } from '@/lib/trust/json'
import type { Jwk, KeySet, KeySetFailure } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/trust'
import { cacheSeconds } from './cache-lifetime'
import type { TlsFacts } from './certificates'
import { withinDeadline } from './deadline'
import type { FetchFailure } from './destination'
import { failure, timedOut, wordError } from './fetch-failure'
import type { Fetched, Guard } from './guarded-fetch'
import { type JsonDocument, readJsonObject } from './json-document'

/** What an OpenID Connect discovery document says. */
export type Discovery = {
  issuer: string
  jwksUri: string
  /** `id_token_signing_alg_values_supported`; empty when it does not say. */
  algorithms: string[]
}

/** What one fetch came to, with what the owner wants to see of it. */
export type FetchedKeys = {
  /** Never stale: that is the cache's word. */
  keySet: KeySet
  /** How long the keys may be used before they are asked for again; 0 when there are none. */
  cacheSeconds: number
  /** Of the whole fetch, both documents of a discovery. */
  latencyMs: number
  /** Of the host that gave the keys. */
  tls?: TlsFacts
  discovery?: Discovery
}

export type FetchDeps = {
  guard: Guard
  /** Epoch milliseconds. */
  now?: () => number
  /** Milliseconds that only grow, for the latency. */
  monotonic?: () => number
  /** For all documents of one source together. */
  deadlineMs?: number
}

const keysMax = 100
/** How long after the deadline the guard may take to say so. */
const graceMs = 500

/**
 * Fetches the keys of a source through the guard; one deadline holds for all its documents together. Never rejects: a
 * source that gives no keys is an answer.
 */
export async function fetchKeySet(
  source: RemoteKeySource,
  { guard, now = Date.now, monotonic = () => performance.now(), deadlineMs = 5_000 }: FetchDeps,
): Promise<FetchedKeys> {
  const signal = AbortSignal.timeout(deadlineMs)
  const started = monotonic()
  const work: Promise<Documents> = fetchDocuments(source, (href) =>
    guard(href, { caCert: source.caCert, signal }),
  ).catch((cause: unknown) => wordError(cause, { caGiven: source.caCert.trim() !== '' }))
  // The guard keeps the same deadline; this one holds should it ever miss an event.
  const got = await withinDeadline(work, deadlineMs + graceMs, () => timedOut(deadlineMs / 1000))
  const { tls, discovery } = got
  const latencyMs = Math.round(monotonic() - started)
  if (!got.ok) {
    const { reason, message, fix } = got
    return { keySet: { status: 'unavailable', reason, message, fix }, cacheSeconds: 0, latencyMs, tls, discovery }
  }
  const fetchedAt = Math.floor(now() / 1000)
  return {
    keySet: { status: 'ok', keys: got.keys, fetchedAt, stale: null, ...(discovery && { issuer: discovery.issuer }) },
    cacheSeconds: cacheSeconds(got.headers, now()),
    latencyMs,
    tls,
    discovery,
  }
}

/** The address of a discovery document, given with or without its well-known suffix (OpenID Connect Discovery 1.0 §4). */
export function discoveryUrl(url: string): string {
  const suffix = '/.well-known/openid-configuration'
  const parsed = new URL(url)
  const path = parsed.pathname.replace(/\/+$/, '')
  if (!path.endsWith(suffix)) parsed.pathname = `${path}${suffix}`
  parsed.hash = ''
  return parsed.href
}

type Documents = { tls?: TlsFacts; discovery?: Discovery } & (
  | { ok: true; keys: Jwk[]; headers: Fetched['headers'] }
  | FetchFailure
)

type Get = (href: string) => ReturnType<Guard>

async function fetchDocuments({ kind, url }: RemoteKeySource, get: Get): Promise<Documents> {
  if (kind === 'jwks-url') return fetchJwks(url, get)

  const document = await get(URL.canParse(url) ? discoveryUrl(url) : url)
  if (!document.ok) return document
  const discovery = readDiscovery(readJsonObject(document.body))
  if ('ok' in discovery) return { ...discovery, tls: document.tls }
  const keys = await fetchJwks(discovery.jwksUri, get)
  if (!keys.ok)
    return { ...keys, fix: `${keys.fix} This is about the jwks_uri its discovery document names.`, discovery }
  return { ...keys, discovery, tls: keys.tls && withHost(keys.tls, document.tls) }
}

/** The certificates of both hosts, where discovery has one of its own: keys cannot be fetched without it either. */
function withHost(tls: TlsFacts, discovery: TlsFacts | undefined): TlsFacts {
  const more = (discovery?.chain ?? []).filter(
    ({ fingerprint }) => !tls.chain.some((known) => known.fingerprint === fingerprint),
  )
  return { ...tls, chain: [...tls.chain, ...more] }
}

async function fetchJwks(url: string, get: Get): Promise<Documents> {
  const document = await get(url)
  if (!document.ok) return document
  const { tls, headers } = document
  const keys = readKeys(readJsonObject(document.body))
  return Array.isArray(keys) ? { ok: true, keys, headers, tls } : { ...keys, tls }
}

function readDiscovery(document: JsonDocument): Discovery | FetchFailure {
  if (!document.ok) return notJson(document.problem)
  const { issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: offered } = document.value
  if (typeof issuer !== 'string' || issuer === '') return notDiscovery('`issuer`')
  if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri)) return notDiscovery('`jwks_uri`')
  const algorithms = Array.isArray(offered) ? offered.filter((name) => typeof name === 'string').slice(0, 50) : []
  return { issuer, jwksUri, algorithms }
}

/** RFC 7517 §5: an object with an array `keys` of objects. What is in a key is the engine's to judge. */
function readKeys(document: JsonDocument): Jwk[] | FetchFailure {
  if (!document.ok) return notJson(document.problem)
  const { keys } = document.value
  if (!Array.isArray(keys)) return notKeySet('has no array `keys`')
  if (keys.length > keysMax) return notKeySet(`has ${keys.length} keys; ${keysMax} is the limit`)
  const jwks = keys.filter(isJsonObject)
  return jwks.length === keys.length ? jwks : notKeySet('has an entry in `keys` that is not an object')
}

const notJson = (problem: string) => because('not-json', `The key source’s answer ${problem}.`)
const notKeySet = (problem: string) => because('not-a-key-set', `The key source’s answer ${problem}.`)
const notDiscovery = (member: string) =>
  because('not-a-key-set', `The key source’s discovery document has no usable ${member}.`)

const because = (reason: KeySetFailure, message: string) =>
  failure(reason, message, 'Open the URL from this server and compare: is it the document this key source should read?')
