import { z } from 'zod'
import { AppError, type ErrorKind } from '@/lib/errors'
import type { Check } from '@/lib/trust/engine/verdict'
import type { Envelope } from '../api'
import { refusalKind, retryAfterSeconds } from '../refusal-kind'
import { fieldName } from './protocol'

/** Status and code of each kind of error (docs/apis/nativeframe.md, "Errors"). */
const answers: Record<ErrorKind, { status: number; errorCode: string }> = {
  malformed: { status: 400, errorCode: 'malformed_body' },
  invalid: { status: 400, errorCode: 'validation_failed' },
  rule: { status: 400, errorCode: 'validation_failed' },
  unchanged: { status: 400, errorCode: 'validation_failed' },
  unauthenticated: { status: 401, errorCode: 'unauthenticated' },
  forbidden: { status: 403, errorCode: 'forbidden' },
  'not-found': { status: 404, errorCode: 'issuer_not_found' },
  'method-not-allowed': { status: 405, errorCode: 'method_not_allowed' },
  conflict: { status: 409, errorCode: 'issuer_exists' },
  precondition: { status: 412, errorCode: 'issuer_changed' },
  'too-large': { status: 413, errorCode: 'body_too_large' },
  'too-many': { status: 429, errorCode: 'too_many_refusals' },
  unexpected: { status: 500, errorCode: 'internal_error' },
  unavailable: { status: 503, errorCode: 'key_source_unavailable' },
}

/** Reasons that are answered as they are; others get the documented codes. */
const ownCodes = new Set(['static_issuer', 'internal_issuer', 'database_unavailable', 'trust_unreadable'])

export const nativeframeEnvelope: Envelope = {
  ofError(error) {
    const { status, errorCode } = answers[error.kind]
    const isOwn = error.details === refused || ownCodes.has(error.reason ?? '')
    return {
      status,
      body: {
        message: error.message,
        errorCode: (isOwn && error.reason) || errorCode,
        invalidFields: error.fields.map(({ path, code, message }) => ({
          name: fieldName(path),
          reason: message,
          errorCode: code,
        })),
      },
    }
  },
  errorSchema: z
    .object({
      message: z.string().meta({ description: 'Error message for the end user.' }),
      errorCode: z.string().meta({ description: 'Supplies a specific reason for why a request failed.' }),
      invalidFields: z
        .array(z.object({ name: z.string(), reason: z.string(), errorCode: z.string() }))
        .meta({ description: 'Every wrong field, by names such as `keys[0].kid`.' }),
      internal: z.string().optional().meta({ description: 'For internal users only; there are none here.' }),
    })
    .meta({ id: 'NativeFrameError' }),
  statuses: {
    400: 'One or more fields are wrong; `invalidFields` lists every one.',
    401: 'No access token, or one that does not count.',
    403: 'Not allowed, or the issuer comes from a configuration file.',
    404: 'There is no such issuer.',
    500: 'Something went wrong.',
  },
}

/** Marks an error as a token's refusal, whose reason is the answer's code. */
const refused = Symbol('refused')

/** Returns a refusal as this API's error, without bound values. */
export function refusal(check: Pick<Check, 'id' | 'message' | 'reason'>): AppError {
  const kind = refusalKind(check)
  return new AppError(kind, check.message, {
    reason: check.reason,
    details: refused,
    retryAfterSeconds: kind === 'unavailable' ? retryAfterSeconds : undefined,
  })
}
