import { ApiError, toApiError } from './api-error'
import { signInAgain } from './sign-in-again'
import { meteredFetch } from './token-meter'

export { ApiError } from './api-error'

type Options = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  /** Version that the change is based on; the server answers 412 if there is a newer one. */
  ifMatch?: number | string
  signal?: AbortSignal
}

/**
 * Calls our own API: `path` is relative to `/api/admin`, for example `/identities?search=ci`. Returns the parsed body
 * as the type of its `wire.ts` says, which the server's types hold it to: a validator of schemas would be a sixth of a page's
 * scripts. An answer without a body is `undefined`. A write of an ended session is sent again after signing in again: refused,
 * it had no effect.
 * @throws {ApiError} for every answer outside 2xx, without an answer, and for an unreadable one. An aborted request
 * throws the signal's reason.
 */
export async function request<T>(path: string, options: Options = {}): Promise<T> {
  try {
    return await requestOnce(path, options)
  } catch (error) {
    const isEnded = error instanceof ApiError && error.reason === 'not_signed_in'
    if (!isEnded || !isWrite(options) || !(await signInAgain())) throw error
    return requestOnce(path, options)
  }
}

const isWrite = ({ method = 'GET' }: Options) => method !== 'GET'

async function requestOnce<T>(path: string, options: Options): Promise<T> {
  const response = await send(path, options)
  const body = await read(response, options.signal)
  if (!response.ok) throw toApiError(response.status, response.headers, body, Date.now())
  if (body !== undefined && (typeof body !== 'object' || body === null)) throw unreadable(response, undefined)
  return trustedAnswer(body)
}

/** Reads an answer as the text it is, for who reads it elsewhere. @throws {ApiError} as `request` does */
export async function requestText(path: string, signal: AbortSignal): Promise<string> {
  const response = await send(path, { signal })
  if (!response.ok) throw toApiError(response.status, response.headers, await read(response, signal), Date.now())
  return textOf(response, signal)
}

/**
 * Calls an operation that answers line by line, and hands each line over when it is there.
 * @throws {ApiError} as `request` does, and where the answer ends in the middle
 */
export async function requestLines<T>(
  path: string,
  { signal, onLine }: { signal: AbortSignal; onLine: (line: T) => void },
): Promise<void> {
  const response = await send(path, { signal })
  if (!response.ok || !response.body) {
    throw toApiError(response.status, response.headers, await read(response, signal), Date.now())
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read().catch((cause) => {
      if (signal.aborted) throw signal.reason
      throw new ApiError('network', 'The connection broke before the answer was complete. Try again.', { cause })
    })
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(trustedAnswer(JSON.parse(line)))
  }
}

async function send(path: string, options: Options): Promise<Response> {
  const { method = 'GET', body, ifMatch, signal } = options
  if (isWrite(options) && globalThis.navigator?.onLine === false) throw new ApiError('network', offlineMessage)
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`)
  try {
    return await meteredFetch(`/api/admin${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      // Our API never redirects; following one would send the body to another address.
      redirect: 'error',
    })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new ApiError('network', 'The server could not be reached. Check your connection and try again.', { cause })
  }
}

const offlineMessage =
  'You are offline. Nothing was saved, and nothing is sent later by itself: try again once you are connected.'

/** Parses the body as JSON; undefined when there is none. A failed answer may have any body (a proxy's HTML page). */
async function read(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await textOf(response, signal)
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!response.ok) return undefined
    throw unreadable(response, cause)
  }
}

async function textOf(response: Response, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await response.text()
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new ApiError('network', 'The connection broke before the answer was complete. Try again.', { cause })
  }
}

const unreadable = (response: Response, cause: unknown) =>
  new ApiError(
    'unreadable',
    'The server’s answer has an unexpected form. Reload the page: it may be newer than what you see.',
    {
      status: response.status,
      reqId: response.headers.get('x-request-id') ?? undefined,
      cause,
    },
  )

/** The only cast of an answer. */
const trustedAnswer = <T>(body: unknown): T => body as T
