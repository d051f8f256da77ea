import type { z } from 'zod'
import { ApiError, toApiError } from './api-error'

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
 * Calls our own API: `path` is relative to `/api/admin`, for example `/identities?search=ci`. Returns the parsed body;
 * with a `schema` it is validated. An answer without a body is `undefined`.
 * @throws {ApiError} for every answer outside 2xx, without an answer, and for an unreadable one. An aborted request
 * throws the signal's reason.
 */
export async function request<T>(path: string, options: Options & { schema?: z.ZodType<T> } = {}): Promise<T> {
  const response = await send(path, options)
  const body = await read(response, options.signal)
  if (!response.ok) throw toApiError(response.status, response.headers, body, Date.now())
  if (!options.schema) return trustedAnswer(body)

  const parsed = options.schema.safeParse(body)
  if (!parsed.success) throw unreadable(response, parsed.error)
  return parsed.data
}

async function send(path: string, { method = 'GET', body, ifMatch, signal }: Options): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`)
  try {
    return await fetch(`/api/admin${path}`, {
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

/** Parses the body as JSON; undefined when there is none. A failed answer may have any body (a proxy's HTML page). */
async function read(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  let text: string
  try {
    text = await response.text()
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new ApiError('network', 'The connection broke before the answer was complete. Try again.', { cause })
  }
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (!response.ok) return undefined
    throw unreadable(response, cause)
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

/** The only cast of an answer without a schema. */
const trustedAnswer = <T>(body: unknown): T => body as T
