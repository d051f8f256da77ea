import type { IgnoredEntry, Jwk, KeySet, KeySetFailure } from '@/lib/trust/key-sources/key-source'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { cacheSeconds } from './cache-lifetime'
import type { TlsFacts } from './certificates'
import { withinDeadline } from './deadline'
import type { FetchFailure } from './destination'
import { explainAnswer, explainGiven, shown } from './explain-answer'
import { failure, timedOut, wordError } from './fetch-failure'
import type { Fetched, Guard } from './guarded-fetch'
import { readJsonObject } from './json-document'
import { readKeySet } from './read-key-set'

/** Contents of an OpenID Connect discovery document. */
export type Discovery = {
  issuer: string
  jwksUri: string
  /** `id_token_signing_alg_values_supported`; empty when it does not say. */
  algorithms: string[]
}

/** The result of one fetch, with its details for the owner. */
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
  ).catch((cause: unknown) => wordError(cause))
  // The guard keeps the same deadline; this one holds should it ever miss an event.
  const got = await withinDeadline(work, deadlineMs + graceMs, () => timedOut(deadlineMs / 1000))
  const { tls, discovery } = got
  const latencyMs = Math.round(monotonic() - started)
  const issuer = discovery && { issuer: discovery.issuer }
  const ignored = got.ignored && got.ignored.length > 0 ? { ignored: got.ignored } : {}
  if (!got.ok) {
    const { reason, message, fix, keys } = got
    const keySet = {
      status: 'unavailable',
      reason,
      message,
      fix,
      ...issuer,
      ...(keys && { keys }),
      ...ignored,
    } as const
    return { keySet, cacheSeconds: 0, latencyMs, tls, discovery }
  }
  const fetchedAt = Math.floor(now() / 1000)
  return {
    keySet: { status: 'ok', keys: got.keys, fetchedAt, stale: null, ...issuer, ...ignored },
    cacheSeconds: cacheSeconds(got.headers, now()),
    latencyMs,
    tls,
    discovery,
  }
}

const suffix = '/.well-known/openid-configuration'

/** The address of a discovery document, given with or without its well-known suffix (OpenID Connect Discovery 1.0 §4). */
export function discoveryUrl(url: string): string {
  const parsed = new URL(url)
  const path = parsed.pathname.replace(/\/+$/, '')
  if (!path.endsWith(suffix)) parsed.pathname = `${path}${suffix}`
  parsed.hash = ''
  return parsed.href
}

type Documents = { tls?: TlsFacts; discovery?: Discovery; ignored?: IgnoredEntry[] } & (
  | { ok: true; keys: Jwk[]; headers: Fetched['headers'] }
  /** `keys`: what a set held of which nothing is usable. */
  | (FetchFailure & { keys?: Jwk[] })
)

type Get = (href: string) => ReturnType<Guard>

async function fetchDocuments({ kind, url }: RemoteKeySource, get: Get): Promise<Documents> {
  if (kind === 'jwks-url') return withHint(await fetchJwks(url, get), placeholderHint(url), `Asked: ${shown(url)}.`)

  const address = URL.canParse(url) ? discoveryUrl(url) : url
  const isAppended = address.includes(suffix) && !url.includes(suffix)
  const asked = `Asked: ${shown(address)}${isAppended ? ` (the URL given, with ${suffix} appended)` : ''}.`
  const document = await get(address)
  const discovery = document.ok ? readDiscovery(document.body) : document
  if ('ok' in discovery) {
    const given = isAppended && mayBeAnother.includes(discovery.reason) ? await get(url) : null
    const hint = (given?.ok ? explainGiven(given.body) : null) ?? placeholderHint(url)
    return { ...withHint(discovery, hint, asked), tls: document.ok ? document.tls : undefined }
  }
  const keys = await fetchJwks(discovery.jwksUri, get)
  if (keys.ok)
    return { ...keys, discovery, tls: keys.tls && withHost(keys.tls, document.ok ? document.tls : undefined) }
  const named = `Asked: ${shown(discovery.jwksUri)} (the jwks_uri of the discovery document at ${shown(address)}).`
  return { ...withHint(keys, null, named), discovery }
}

/** Failures after which it is worth a look at what the URL as it was given answers: something else may be there. */
const mayBeAnother: KeySetFailure[] = ['http-status', 'redirected', 'not-json', 'not-a-key-set']

/** The advice of a failure is for the owner alone, so it may name the URL that was asked. */
function withHint<Result extends Documents>(result: Result, hint: string | null, asked: string): Result {
  return result.ok ? result : { ...result, fix: [hint ?? result.fix, asked].join(' ') }
}

/** `{tenantid}`, as documentation writes it; a URL may spell the braces percent-encoded. */
function placeholderHint(url: string): string | null {
  const [placeholder] = /\{[^{}/]{1,100}\}/.exec(url.replace(/%7B/gi, '{').replace(/%7D/gi, '}')) ?? []
  return placeholder ? `The URL holds the placeholder ${placeholder}: put the value it stands for in its place.` : null
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
  const read = readKeySet(readJsonObject(document.body))
  if (read.ok) return { ...read, headers, tls }
  if (read.reason !== 'no-usable-key') return { ...explainAnswer('key-set', document.body, read), tls }
  const { keys, ignored, message, faults } = read
  const fix = `Ask the issuer to publish its signing keys, or correct the URL. ${faults}`.trim()
  return { ...failure('no-usable-key', message, fix), keys, ignored, tls }
}

function readDiscovery(body: Uint8Array): Discovery | FetchFailure {
  const document = readJsonObject(body)
  if (!document.ok) return explainAnswer('discovery', body, { reason: 'not-json', problem: document.problem })
  const { issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: offered } = document.value
  const without = (member: string) =>
    explainAnswer('discovery', body, { reason: 'not-a-key-set', problem: `has no usable ${member}` })
  if (typeof issuer !== 'string' || issuer === '') return without('`issuer`')
  if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri)) return without('`jwks_uri`')
  const algorithms = Array.isArray(offered) ? offered.filter((name) => typeof name === 'string').slice(0, 50) : []
  return { issuer, jwksUri, algorithms }
}
