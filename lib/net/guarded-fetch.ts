import { lookup as dnsLookup } from 'node:dns/promises'
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { classifyHost } from '@/lib/trust/host-address'
import type { AllowedOrigin } from './allow-list'
import { acceptEncoding, BodyError, readBounded } from './bounded-body'
import { readCertificates, type TlsFacts } from './certificates'
import { type Destination, type FetchFailure, findDestination, type Lookup } from './destination'
import { ProxyError, type ProxyFor, proxyAuthorization, proxyFromEnvironment, proxyRefusal } from './egress-proxy'
import { failure, timedOut, wordError } from './fetch-failure'
import { type Connection, pinnedRequest } from './pinned-request'

/** Options of the guard; outside tests only the allow-list is given. */
export type GuardOptions = {
  /** Origins and ranges that may be fetched although private or plain http. */
  allowed: readonly AllowedOrigin[]
  lookup?: Lookup
  /** Milliseconds that only grow, for the latency. */
  monotonic?: () => number
  /** By the environment, if not given. */
  proxyFor?: ProxyFor
  /** For everything: resolving, connecting, TLS, headers and body. */
  deadlineMs?: number
  /** Of the body, on the wire and decoded. */
  responseBytesMax?: number
}

export type GuardedRequest = {
  /** PEM certificate(s) trusted beside the built-in authorities; '' = none. */
  caCert?: string
  signal?: AbortSignal
  accept?: string
}

export type Fetched = {
  ok: true
  status: 200
  headers: IncomingHttpHeaders
  body: Buffer
  latencyMs: number
  /** The address the answer came from. For the owner, never for the caller of a login. */
  address: string
  /** Absent over plain http. */
  tls?: TlsFacts
}

/** GETs a URL through the guard. Never rejects: what goes wrong is the answer. */
export type Guard = (href: string, request?: GuardedRequest) => Promise<Fetched | FetchFailure>

export const createGuard =
  (options: GuardOptions): Guard =>
  (href, request) =>
    guardedGet(href, { ...options, ...request })

/**
 * The one way out of the building: GETs a small JSON document. https only (plain http where allowed), the name resolved
 * once and the connection pinned to the checked address, TLS always verified, redirects not followed, no cookies or
 * credentials, a deadline over everything and a limit on every byte. Through an egress proxy, which resolves names itself,
 * only the name and a literal address can be judged.
 */
export async function guardedGet(
  href: string,
  options: GuardOptions & GuardedRequest,
): Promise<Fetched | FetchFailure> {
  const { allowed, lookup = systemLookup, deadlineMs = 5_000, responseBytesMax = 512 * 1024 } = options
  const { monotonic = () => performance.now(), proxyFor = proxyFromEnvironment } = options
  const caCerts = options.caCert?.trim() ? readCertificates(options.caCert) : []
  if (!caCerts) return unreadableCa

  const started = monotonic()
  const work = async (signal: AbortSignal, began: Began): Promise<Fetched | FetchFailure> => {
    const destination = await findDestination(href, { allowed, lookup, isProxied: (url) => proxyFor(url) !== null })
    if (!destination.ok) return destination
    const proxy = proxyFor(destination.url)
    const accept = options.accept ?? 'application/json, application/jwk-set+json'
    const { outgoing, connection } = await pinnedRequest(destination, {
      ...requestOptions(destination, { accept, proxy, signal }),
      proxy,
      caCerts,
    })
    began(outgoing)
    const response = await answerOf(outgoing, connection)
    if ('ok' in response) return response
    const { tls, address = '' } = connection
    if (!tls && proxy && response.statusCode === 407) return proxyRefusal(407)
    const refused = judgeResponse(response, destination)
    if (refused) return refused
    const body = await readBounded(response, responseBytesMax, signal)
    const latencyMs = Math.round(monotonic() - started)
    return { ok: true, status: 200, headers: response.headers, body, latencyMs, address, tls }
  }
  return withDeadline(work, { ms: deadlineMs, signal: options.signal }, (cause, isAborted) => {
    if (isAborted) return timedOut(deadlineMs / 1000)
    if (cause instanceof ProxyError) return cause.failure
    if (cause instanceof BodyError) return bodyFailures[cause.problem](responseBytesMax)
    return wordError(cause, { caCerts })
  })
}

/** Told of each request that was begun, so that none outlives the work. */
type Began = (outgoing: ClientRequest) => void

/**
 * Does work that sends requests, with a deadline over all of it. Whatever becomes of it, no request is left open.
 * @param signal ends the work before its time
 * @param failed what a failure is answered with
 */
export async function withDeadline<Answer>(
  work: (signal: AbortSignal, began: Began) => Promise<Answer>,
  { ms, signal: given }: { ms: number; signal?: AbortSignal | undefined },
  failed: (cause: unknown, isAborted: boolean) => Answer,
): Promise<Answer> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), ms)
  const signal = given ? AbortSignal.any([deadline.signal, given]) : deadline.signal
  const requests: ClientRequest[] = []
  try {
    // Raced as a whole: each step obeys the signal, and the answer comes at the deadline even if one of them does not.
    return await orAborted(
      work(signal, (outgoing) => void requests.push(outgoing)),
      signal,
    )
  } catch (cause) {
    return failed(cause, signal.aborted)
  } finally {
    clearTimeout(timer)
    deadline.abort()
    for (const outgoing of requests) outgoing.destroy()
  }
}

/**
 * The system's resolver, asked once at a time for a name: a question that gets no answer occupies one of the few threads
 * of this process, however often keys are fetched from that host.
 */
export function systemLookup(hostname: string): Promise<string[]> {
  const asked = lookups.get(hostname)
  if (asked) return asked
  const found = dnsLookup(hostname, { all: true, order: 'verbatim' }).then((all) => all.map(({ address }) => address))
  lookups.set(hostname, found)
  const forget = () => lookups.delete(hostname)
  found.then(forget, forget)
  return found
}

const lookups = new Map<string, Promise<string[]>>()

/** Rejects with the signal's reason as soon as it is aborted, whatever becomes of the work. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Interim answers (1xx) that may precede the answer: RFC 9110 §15.2 sets no limit. */
const interimMax = 8

function requestOptions(
  { url }: Destination,
  { accept, proxy, signal }: { accept: string; proxy: URL | null; signal: AbortSignal },
) {
  // A proxy is asked for the URL itself, as for plain http (RFC 9112 §3.2.2).
  const forwarding = url.protocol === 'http:' ? proxy : null
  return {
    method: 'GET',
    path: `${forwarding ? url.origin : ''}${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      accept,
      'accept-encoding': acceptEncoding,
      'user-agent': 'Keybound',
      connection: 'close',
      ...(forwarding && proxyAuthorization(forwarding)),
    },
    maxHeaderSize: 16 * 1024,
    signal,
  }
}

/** Sends a request and waits for the head of its answer. @throws what the connection fails with */
export function answerOf(
  outgoing: ClientRequest,
  connection: Connection,
  body?: Buffer,
): Promise<IncomingMessage | FetchFailure> {
  return new Promise((resolve, reject) => {
    let interim = 0
    outgoing.on('response', resolve)
    // Without a listener Node would drop the connection and say nothing.
    outgoing.on('upgrade', (_, socket) => {
      // From here on the request no longer ends its connection.
      socket.destroy()
      resolve(switched)
    })
    outgoing.on('information', ({ statusCode }) => {
      if (statusCode === 101) resolve(switched)
      else if (++interim > interimMax) resolve(interimOnly)
    })
    outgoing.on('error', (cause) => reject(Object.assign(cause, { presented: connection.presented })))
    outgoing.on('close', () => reject(new Error('The connection was closed.')))
    outgoing.end(body)
  })
}

const switched = failure(
  'http-status',
  'The key source answers with status 101 (Switching Protocols) instead of 200.',
  'Is this the URL of a WebSocket or of another service? Give the URL that answers a plain GET with the keys.',
)

const interimOnly = failure(
  'http-status',
  'The key source sends interim answers (status 1xx) and no final one.',
  'Open the URL from this server: it must answer a plain GET with status 200 and the keys.',
)

function judgeResponse({ statusCode = 0, headers }: IncomingMessage, { url }: Destination): FetchFailure | null {
  if (statusCode >= 300 && statusCode < 400) {
    return failure(
      'redirected',
      `The key source answers with a redirect to ${redirectTarget(headers.location, url)}; redirects are not followed.`,
      'Give the URL the keys are really at.',
    )
  }
  if (statusCode !== 200) {
    return failure(
      'http-status',
      `The key source answers with status ${statusCode} instead of 200.`,
      'Open the URL from this server: it must answer with the keys and without a sign-in.',
    )
  }
  if (/^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) {
    return failure(
      'not-json',
      'The key source answers with a web page, not with JSON.',
      'Give the URL of the key document itself, not of a page about it or of a sign-in.',
    )
  }
  return null
}

/** The kind of place a redirect points to. Its name is not asked of a resolver: it is the sender's choice. */
function redirectTarget(location: string | undefined, from: URL): string {
  if (!location || !URL.canParse(location, from)) return 'nowhere'
  const to = new URL(location, from)
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return 'something that is not a web address'
  if (to.origin === from.origin) return 'another path of the same host'
  if (!classifyHost(to.hostname).public) return 'an address that is not public'
  if (to.protocol === 'http:' && from.protocol === 'https:') return 'plain http'
  return 'another host'
}

const unreadableCa = failure(
  'tls-untrusted',
  'The CA certificate given for the key source cannot be read.',
  'Paste one or more certificates in PEM form, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
)

const bodyFailures = {
  'too-large': (bytesMax: number) =>
    failure(
      'too-large',
      `The key source answers with more than ${Math.round(bytesMax / 1024)} KiB.`,
      'Give a URL that answers with the keys only.',
    ),
  'unknown-encoding': () =>
    failure(
      'not-json',
      'The key source answers in a content encoding this server does not read.',
      `Have the host answer uncompressed, or with one of ${acceptEncoding}.`,
    ),
  broken: () =>
    failure(
      'not-json',
      'The key source’s answer breaks off or cannot be decompressed.',
      'Open the URL from this server and look at what it answers.',
    ),
}
