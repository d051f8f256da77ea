import { AppError } from '@/lib/errors'
import type { TrustKey } from '@/lib/services/trust/find-trust'
import type { Trust } from '@/lib/trust/trust'
import { ownOf } from './mapper'
import type { Stored } from './parse-issuer'

/** The issuer a path names: by its `iss`, or as `id:<uuid>`, for whoever sits behind a proxy that decodes `%2F`. */
export function toKey(inPath: string): TrustKey {
  const id = /^id:([0-9a-f-]{36})$/i.exec(inPath)?.[1]
  return id === undefined ? { soleIssuer: inPath, method: 'issuer' } : { id: id.toLowerCase(), method: 'issuer' }
}

/** What a body that replaces this issuer has to agree with. */
export function toReplaceable(trust: Trust): Stored {
  const own = ownOf(trust)
  return { iss: trust.issuer ?? '', internal: own?.internal ?? false, static: own?.static ?? false }
}

/** @throws AppError `forbidden` for an issuer that is not the API's to change */
export function requireChangeable(trust: Trust): Trust {
  const own = ownOf(trust)
  if (own?.static) {
    const message =
      'This issuer comes from a configuration file (KEYBOUND_STATIC_ISSUERS). Change it there and restart.'
    throw new AppError('forbidden', message, { reason: 'static_issuer' })
  }
  if (own?.internal) {
    throw new AppError('forbidden', 'This issuer is internal: only an internal account may change it.', {
      reason: 'internal_issuer',
    })
  }
  return trust
}
