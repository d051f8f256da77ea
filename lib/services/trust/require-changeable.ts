import { AppError } from '@/lib/errors'
import { issuerOptionsOf } from '@/lib/trust/issuer-options'
import type { Trust } from '@/lib/trust/trust'

/** @throws AppError `forbidden` for an issuer that is no API's to change */
export function requireChangeable(trust: Trust): Trust {
  const options = issuerOptionsOf(trust)
  if (options?.static) {
    const message =
      'This issuer comes from a configuration file (KEYBOUND_STATIC_ISSUERS). Change it there and restart.'
    throw new AppError('forbidden', message, { reason: 'static_issuer' })
  }
  if (options?.internal) {
    throw new AppError('forbidden', 'This issuer is internal: only an internal account may change it.', {
      reason: 'internal_issuer',
    })
  }
  return trust
}
