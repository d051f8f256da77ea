import { z } from 'zod'
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
  const said = ErrorBody.safeParse(body).data
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

/** Our error body; members of another type are dropped. */
const ErrorBody = z.object({
  message: z.string().min(1),
  kind: z.enum(errorKinds).optional().catch(undefined),
  reqId: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  fields: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), code: z.string(), message: z.string() }))
    .optional()
    .catch(undefined),
})

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
