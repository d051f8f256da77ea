import type { Operation } from '@/lib/apis/api'
import type { AppError } from '@/lib/errors'
import { clientRefusedReason } from '@/lib/services/access-token/authenticate-client'

const basic = 'Basic realm="keybound", charset="UTF-8"'

/**
 * What a 401 asks for (RFC 9110 §11.6.1): the scheme that was tried, and that a bearer token which was sent does not count
 * (RFC 6750 §3.1). Where none was sent, no error is named.
 */
export function challengeOf(headers: Headers, { auth }: Pick<Operation, 'auth'>, { reason }: AppError): string {
  const scheme = headers.get('authorization')?.split(' ')[0]?.toLowerCase()
  if (reason === clientRefusedReason) return scheme === undefined && auth === 'client' ? `Bearer, ${basic}` : basic
  // A login judges the token in its body; what else is sent along is not looked at.
  return scheme === 'bearer' && auth !== 'none' ? 'Bearer error="invalid_token"' : 'Bearer'
}
