import { z } from 'zod'
import type { AppError, ErrorKind } from '@/lib/errors'
import { clientRefusedReason } from '@/lib/services/access-token/authenticate-client'
import type { Envelope } from '../api'

/** Status and code of each kind of error (RFC 6749 §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1). */
const answers: Record<ErrorKind, { status: number; error: string }> = {
  malformed: { status: 400, error: 'invalid_request' },
  invalid: { status: 400, error: 'invalid_request' },
  rule: { status: 400, error: 'invalid_request' },
  conflict: { status: 400, error: 'invalid_request' },
  unchanged: { status: 400, error: 'invalid_request' },
  precondition: { status: 400, error: 'invalid_request' },
  unauthenticated: { status: 401, error: 'invalid_token' },
  forbidden: { status: 403, error: 'access_denied' },
  'not-found': { status: 404, error: 'invalid_request' },
  'method-not-allowed': { status: 405, error: 'invalid_request' },
  'too-large': { status: 413, error: 'invalid_request' },
  'too-many': { status: 429, error: 'temporarily_unavailable' },
  unavailable: { status: 503, error: 'temporarily_unavailable' },
  unexpected: { status: 500, error: 'server_error' },
}

export const oauthEnvelope: Envelope = {
  ofError(error) {
    const { status } = answers[error.kind]
    return { status, body: { error: codeOf(error), error_description: describable(error.message) } }
  },
  errorSchema: z
    .object({ error: z.string(), error_description: z.string() })
    .meta({ id: 'OAuthError', description: 'RFC 6749 §5.2.' }),
  statuses: {
    400: '`invalid_request`: a parameter is missing, repeated or wrong.',
    401: '`invalid_client` or `invalid_token`; `WWW-Authenticate` says how to authenticate.',
    403: '`access_denied`: the credential must not be used from this address.',
    500: '`server_error`.',
  },
}

function codeOf({ kind, reason }: AppError): string {
  const hasNoToken = reason === clientRefusedReason || reason === 'not_signed_in'
  return kind === 'unauthenticated' && hasNoToken ? 'invalid_client' : answers[kind].error
}

/** Characters allowed in `error_description` (RFC 6749 §5.2). */
const describable = (text: string) =>
  text
    .replaceAll('…', '...')
    .replaceAll(/["“”]/g, "'")
    .replaceAll('’', "'")
    .replaceAll(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, '')
