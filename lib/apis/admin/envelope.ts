import { z } from 'zod'
import { type ErrorKind, errorKinds } from '@/lib/errors'
import type { Envelope } from '../api'

const statuses: Record<ErrorKind, { status: number; error: string }> = {
  malformed: { status: 400, error: 'Bad Request' },
  rule: { status: 400, error: 'Bad Request' },
  unauthenticated: { status: 401, error: 'Unauthorized' },
  forbidden: { status: 403, error: 'Forbidden' },
  'not-found': { status: 404, error: 'Not Found' },
  'method-not-allowed': { status: 405, error: 'Method Not Allowed' },
  conflict: { status: 409, error: 'Conflict' },
  unchanged: { status: 409, error: 'Conflict' },
  precondition: { status: 412, error: 'Precondition Failed' },
  'too-large': { status: 413, error: 'Payload Too Large' },
  invalid: { status: 422, error: 'Unprocessable Content' },
  'too-many': { status: 429, error: 'Too Many Requests' },
  unexpected: { status: 500, error: 'Internal Server Error' },
  unavailable: { status: 503, error: 'Service Unavailable' },
}

export const adminEnvelope: Envelope = {
  ofError(error, reqId) {
    const { status, error: name } = statuses[error.kind]
    return {
      status,
      body: {
        reqId,
        statusCode: status,
        error: name,
        kind: error.kind,
        message: error.message,
        ...(error.reason ? { reason: error.reason } : {}),
        ...(error.fields.length > 0 ? { fields: error.fields } : {}),
      },
    }
  },
  errorSchema: z
    .object({
      reqId: z.string(),
      statusCode: z.number(),
      error: z.string(),
      kind: z.enum(errorKinds).meta({ description: 'The kind of error, more specific than the status.' }),
      message: z.string(),
      reason: z.string().optional(),
      fields: z
        .array(z.object({ path: z.array(z.union([z.string(), z.number()])), code: z.string(), message: z.string() }))
        .optional(),
    })
    .meta({ id: 'AdminError' }),
  statuses: {
    400: 'A rule forbids it, or the body is not JSON.',
    401: 'Not signed in.',
    403: 'The role is too low, or the request came from another site.',
    404: 'Not there.',
    422: 'One or more fields are wrong; `fields` lists every one.',
  },
}
