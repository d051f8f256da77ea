import type { ClientRequest, IncomingMessage } from 'node:http'
import { readCertificates } from './certificates'
import { type Destination, type FetchFailure, findDestination } from './destination'
import { ProxyError, proxyAuthorization, proxyFromEnvironment } from './egress-proxy'
import { wordError } from './fetch-failure'
import { answerOf, type GuardOptions, systemLookup, withDeadline } from './guarded-fetch'
import { pinnedRequest } from './pinned-request'

/** Of an answer, characters that are kept for people. */
const answerCharacters = 500
const answerBytesMax = 2_048
const answerMsMax = 2_000
/** The most that an answer's `Retry-After` may ask for. */
const retryAfterSecondsMax = 3_600

export type PostRequest = {
  url: string
  headers: Record<string, string>
  body: string
  /** PEM certificates trusted beside the built-in authorities; '' = none. */
  caCert: string
}

/** What became of a request. */
export type Posted = {
  ok: boolean
  /** Null where there was no answer. */
  status: number | null
  /** One sentence; it names no address. */
  message: string
  latencyMs: number
  /** The beginning of the answer; null for a success. */
  answer: string | null
  retryAfterSeconds: number | null
}

/**
 * POSTs through the guard that key fetches have (`guardedGet`): https only (plain http where allowed), the name resolved once and the connection pinned to
 * the checked address, TLS always verified, redirects not followed, a deadline over everything. Of the answer counts the status; at most 2 KiB of its
 * body are read. Never rejects.
 */
export async function guardedPost(
  request: PostRequest,
  { allowed, lookup = systemLookup, proxyFor = proxyFromEnvironment, deadlineMs = 10_000, ...rest }: GuardOptions,
): Promise<Posted> {
  const { monotonic = () => performance.now() } = rest
  const started = monotonic()
  const failed = (message: string): Posted => ({
    ...{ ok: false, status: null, message, latencyMs: Math.round(monotonic() - started), answer: null },
    retryAfterSeconds: null,
  })
  const caCerts = request.caCert.trim() ? readCertificates(request.caCert) : []
  if (!caCerts) return failed('The CA certificate given for the receiver cannot be read.')

  const work = async (signal: AbortSignal, began: (outgoing: ClientRequest) => void): Promise<Posted> => {
    const destination = await findDestination(request.url, {
      allowed,
      lookup,
      isProxied: (url) => proxyFor(url) !== null,
    })
    if (!destination.ok) return failed(ofReceiver(destination))
    const proxy = proxyFor(destination.url)
    const body = Buffer.from(request.body)
    const options = { ...requestOptions(destination, request.headers, { body, proxy }), signal, proxy, caCerts }
    const { outgoing, connection } = await pinnedRequest(destination, options)
    began(outgoing)
    const response = await answerOf(outgoing, connection, body)
    if ('ok' in response) return failed(ofReceiver(response))
    return { ...(await judge(response, signal)), latencyMs: Math.round(monotonic() - started) }
  }
  return withDeadline(work, { ms: deadlineMs }, (cause, isAborted) => {
    if (isAborted) return failed(`The receiver did not answer within ${deadlineMs / 1000} seconds.`)
    if (cause instanceof ProxyError) return failed(ofReceiver(cause.failure))
    return failed(ofReceiver(wordError(cause, { caCerts })))
  })
}

function requestOptions(
  { url }: Destination,
  headers: Record<string, string>,
  { body, proxy }: { body: Buffer; proxy: URL | null },
) {
  const forwarding = url.protocol === 'http:' ? proxy : null
  return {
    method: 'POST',
    path: `${forwarding ? url.origin : ''}${url.pathname}${url.search}`,
    headers: {
      ...headers,
      host: url.host,
      'content-length': body.length,
      'accept-encoding': 'identity',
      'user-agent': 'Keybound',
      connection: 'close',
      ...(forwarding && proxyAuthorization(forwarding)),
    },
    maxHeaderSize: 16 * 1024,
  }
}

async function judge(response: IncomingMessage, signal: AbortSignal): Promise<Omit<Posted, 'latencyMs'>> {
  const { statusCode: status = 0, headers } = response
  if (status >= 200 && status < 300) {
    return { ok: true, status, message: `Answered with status ${status}.`, answer: null, retryAfterSeconds: null }
  }
  const message =
    status >= 300 && status < 400
      ? `The receiver answers with a redirect (status ${status}); redirects are not followed.`
      : `The receiver answers with status ${status} instead of 2xx.`
  const answer = await beginningOf(response, signal)
  return { ok: false, status, message, answer, retryAfterSeconds: retryAfter(headers['retry-after']) }
}

/** The beginning of a body as text: as much as arrives, is within the limit and in time. */
function beginningOf(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let received = 0
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      response.destroy()
      const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, answerBytesMax))
      resolve([...text].slice(0, answerCharacters).join('').replaceAll('\0', ''))
    }
    const timer = setTimeout(end, answerMsMax)
    signal.addEventListener('abort', end, { once: true })
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      received += chunk.length
      if (received >= answerBytesMax) end()
    })
    for (const event of ['end', 'error', 'aborted', 'close']) response.on(event, end)
  })
}

/** Seconds (RFC 9110 §10.2.3); a date is not read. */
function retryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Math.min(Number(header), retryAfterSecondsMax) : null
}

/** A failure of the guard, whose words are about key sources, in words about a receiver. */
function ofReceiver({ reason, message }: FetchFailure): string {
  if (reason === 'address-refused') return refused
  return message
    .replaceAll('The key source', 'The receiver')
    .replaceAll('the key source', 'the receiver')
    .replaceAll('KEY_FETCH_ALLOWED_ORIGINS', 'WEBHOOK_ALLOWED_ORIGINS')
}

const refused =
  'This server does not send to that address: it must be https and public, or listed in WEBHOOK_ALLOWED_ORIGINS.'
