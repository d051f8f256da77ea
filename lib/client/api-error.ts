import { type ErrorKind, errorKinds, type FieldIssue } from '@/lib/errors'

/** Kinds of error of a request: the server's, plus `network` (no answer) and `unreadable` (an unreadable answer). */
export type ApiErrorKind = ErrorKind | 'network' | 'unreadable'

/** A failed request, with a message for people. `status` is 0 without an answer. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind
  readonly status: number
  readonly fields: FieldIssue[]
  /** Stable reason code, when the server gave one. */
  readonly reason: string | undefined
  /** Id of the request in log and audit. */
  readonly reqId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: ApiErrorKind,
    message: string,
    more: {
      status?: number
      fields?: FieldIssue[]
      reason?: string
      reqId?: string
      retryAfterSeconds?: number
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'ApiError'
    this.kind = kind
    this.status = more.status ?? 0
    this.fields = more.fields ?? []
    this.reason = more.reason
    this.reqId = more.reqId
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

/** Returns the error for an answer outside 2xx. Its body may be a proxy's. */
export function toApiError(status: number, headers: Headers, body: unknown, now: number): ApiError {
  const said = errorBodyOf(body)
  return new ApiError(
    said?.kind ?? kindWithout(status),
    said?.message ?? `The server answered ${status}. ${adviceFor(status)}`,
    {
      status,
      fields: said?.fields,
      reason: said?.reason,
      reqId: said?.reqId ?? headers.get('x-request-id') ?? undefined,
      retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), now),
    },
  )
}

/** Our error body; members of another type are dropped. Undefined for a body without a message, which is not ours. */
function errorBodyOf(body: unknown) {
  if (!isObject(body) || typeof body.message !== 'string' || body.message === '') return undefined
  const { message, kind, reqId, reason, fields } = body
  return {
    message,
    kind: errorKinds.find((known) => known === kind),
    reqId: textOrNone(reqId),
    reason: textOrNone(reason),
    fields: Array.isArray(fields) && fields.every(isFieldIssue) ? fields : undefined,
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const textOrNone = (value: unknown) => (typeof value === 'string' ? value : undefined)

const isFieldIssue = (value: unknown): value is FieldIssue =>
  isObject(value) &&
  typeof value.code === 'string' &&
  typeof value.message === 'string' &&
  Array.isArray(value.path) &&
  value.path.every((step) => typeof step === 'string' || typeof step === 'number')

/** The kind of an answer that does not name one, so is not our server's: 5xx of a proxy says that nothing answers behind it. */
const kindWithout = (status: number): ApiErrorKind => (status >= 500 ? 'unavailable' : 'unreadable')

const adviceFor = (status: number) =>
  status >= 500 ? 'Try again; if it stays, look into the server’s log.' : 'Reload the page and try again.'

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header)
  // Date.parse alone is lenient: V8 reads "-5" as a day in 2001.
  const at = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000))
}
