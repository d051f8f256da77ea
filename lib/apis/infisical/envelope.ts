import { z } from 'zod'
import { AppError, type ErrorKind } from '@/lib/errors'
import type { CheckId } from '@/lib/trust/engine/verdict'
import type { Envelope } from '../api'
import { refusalKind, retryAfterSeconds } from '../refusal-kind'

/** Status and name of each kind of error (docs/apis/infisical.md, "Conventions"). */
const statuses: Record<ErrorKind, { status: number; error: string }> = {
  malformed: { status: 400, error: 'BadRequest' },
  rule: { status: 400, error: 'BadRequest' },
  conflict: { status: 400, error: 'BadRequest' },
  unchanged: { status: 400, error: 'BadRequest' },
  unauthenticated: { status: 401, error: 'UnauthorizedError' },
  forbidden: { status: 403, error: 'ForbiddenError' },
  'not-found': { status: 404, error: 'NotFound' },
  'method-not-allowed': { status: 405, error: 'MethodNotAllowed' },
  precondition: { status: 412, error: 'PreconditionFailed' },
  'too-large': { status: 413, error: 'PayloadTooLarge' },
  invalid: { status: 422, error: 'ValidationFailure' },
  'too-many': { status: 429, error: 'RateLimitExceeded' },
  unexpected: { status: 500, error: 'InternalServerError' },
  unavailable: { status: 503, error: 'ServiceUnavailable' },
}

/** Reasons of errors caused by the caller's role. */
const roleReasons = /^(?:role|rank)_too_low$/

/** Reasons after which a client should discard its access token and log in again. */
const tokenReasons = /^token_(?:unknown|revoked|invalid|used_up|max_ttl)$|^access_token_expired$|^method_gone$/

export const infisicalEnvelope: Envelope = {
  ofError(error, reqId) {
    const { status } = statuses[error.kind]
    const message =
      error.kind === 'invalid'
        ? error.fields.map(({ path, code, message }) => ({ code, path, message }))
        : error.message
    const details = error.details ?? (error.reason ? { reason: error.reason } : undefined)
    return {
      status,
      body: {
        reqId,
        statusCode: status,
        message,
        error: nameOf(error),
        // Only at statuses where Infisical's document has it.
        ...(details !== undefined && (status === 400 || status === 403) ? { details } : {}),
      },
    }
  },
  errorSchema: z
    .object({
      reqId: z
        .string()
        .meta({ description: '`req-` and 14 alphanumerics; the id of the decision of a refused login.' }),
      statusCode: z.number(),
      message: z
        .union([
          z.string(),
          z.array(
            z.object({ code: z.string(), path: z.array(z.union([z.string(), z.number()])), message: z.string() }),
          ),
        ])
        .meta({ description: 'A sentence; at 422, one item for every wrong field.' }),
      error: z.string(),
      details: z.unknown().optional(),
    })
    .meta({ id: 'InfisicalError' }),
  statuses: {
    400: 'A rule of the service is broken, or the body is not JSON.',
    401: 'No access token, or one that does not count.',
    403: 'Not allowed.',
    404: 'Not there, or not for the caller to know.',
    422: 'One or more fields are wrong; `message` lists every one.',
    500: 'Something went wrong.',
  },
}

function nameOf({ kind, reason = '' }: AppError): string {
  if (kind === 'unauthenticated' && tokenReasons.test(reason)) return 'TokenError'
  if (kind === 'forbidden' && roleReasons.test(reason)) return 'PermissionDenied'
  return statuses[kind].error
}

/** Returns a refusal as this API's error, without bound values. */
export function refusal(check: { id: CheckId; message: string; reason?: string }): AppError {
  const kind = refusalKind(check)
  return new AppError(kind, [check.message, advice[check.reason ?? '']].filter(Boolean).join(' '), {
    reason: check.reason,
    retryAfterSeconds: kind === 'unavailable' ? retryAfterSeconds : undefined,
  })
}

/** Advice about a key source, safe for callers: it names nothing of the trust. */
const advice: Record<string, string> = {
  key_source_unavailable: 'Check that the URL of the key source is right and reachable from the server.',
}
