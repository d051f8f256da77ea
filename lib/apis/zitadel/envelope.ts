import { z } from 'zod'
import { AppError, type ErrorKind } from '@/lib/errors'
import { preconditionStatus } from '@/lib/services/installation/precondition-status'
import type { Envelope } from '../api'

/** gRPC code and HTTP status of each kind of error (docs/apis/zitadel.md, "Errors"). */
const codes: Record<ErrorKind, { code: number; status: number }> = {
  malformed: { code: 3, status: 400 },
  invalid: { code: 3, status: 400 },
  rule: { code: 9, status: 400 },
  // 409 in the document, 400 of a real server: `ZITADEL_PRECONDITION_STATUS`.
  unchanged: { code: 9, status: 409 },
  precondition: { code: 9, status: 409 },
  unauthenticated: { code: 16, status: 401 },
  forbidden: { code: 7, status: 403 },
  'not-found': { code: 5, status: 404 },
  'method-not-allowed': { code: 12, status: 405 },
  conflict: { code: 6, status: 409 },
  'too-many': { code: 8, status: 429 },
  'too-large': { code: 8, status: 413 },
  unexpected: { code: 13, status: 500 },
  unavailable: { code: 14, status: 503 },
}

export const zitadelEnvelope: Envelope = {
  ofError(error) {
    const { code, message, id, text } = toStatus(error)
    const status = error.kind === 'unchanged' ? preconditionStatus() : codes[error.kind].status
    const details = id === null ? [] : [{ '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message: text }]
    return { status, body: { code, message, details } }
  },
  errorSchema: z
    .object({
      code: z.int().meta({ description: 'The gRPC status code.' }),
      message: z.string().meta({ description: 'A sentence, and in brackets the id of the place that said it.' }),
      details: z.array(z.looseObject({ '@type': z.string() })),
    })
    .meta({ id: 'ZitadelError' }),
  statuses: {
    400: 'Invalid argument; the message names the first wrong field.',
    401: 'No access token, or one that does not count.',
    403: 'The role is too low, or the organization is another one.',
    404: 'There is no such provider.',
    500: 'Something went wrong.',
  },
}

/** Converts an error to a gRPC status; `id` is the error's id, where it has one. */
function toStatus(error: AppError): { code: number; message: string; id: string | null; text: string } {
  const id = placeOf(error) ?? usualPlace(error)
  const text = wording(error)
  return { code: codes[error.kind].code, message: id === null ? text : `${text} (${id})`, id, text }
}

/** Sets the id of errors of some kinds, by which clients tell them apart. */
export async function at<T>(ids: Partial<Record<ErrorKind, string>>, act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (error) {
    const id = error instanceof AppError ? ids[error.kind] : undefined
    if (!(error instanceof AppError) || id === undefined) throw error
    throw new AppError(error.kind, error.message, { ...error, cause: error, details: { id } })
  }
}

/** Ids that the real server gives refusals: its clients tell errors apart by them (docs/apis/zitadel.md, "Errors"). */
function usualPlace({ kind, reason }: AppError): string | null {
  if (kind === 'forbidden') return 'AUTH-5mWD2'
  return kind === 'unauthenticated' && reason !== 'not_signed_in' ? 'AUTH-7fs1e' : null
}

const Place = z.object({ id: z.string() })

const placeOf = ({ details }: AppError) => Place.safeParse(details).data?.id ?? null

/** Names only the first wrong field, as the real server does. */
function wording({ kind, reason, fields: [first], message }: AppError): string {
  if (reason === 'not_signed_in') return 'auth header missing'
  if (kind !== 'invalid' || !first) return message
  if (first.message.startsWith('invalid ')) return first.message
  return `invalid value for field ${first.path.join('.')}: ${first.message}`
}
