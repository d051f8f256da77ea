import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { parseIp } from '@/lib/trust/ip-range'

/** Where the passkeys of this installation count: the relying party's id, and the origin of its pages (WebAuthn §5.1.2). */
export type PasskeySite = { rpId: string; origin: string }

/**
 * The site of a request, or null where browsers give no passkeys: without TLS, or by an IP address. It is `PUBLIC_URL`; without
 * TLS also localhost, of which the request says no more than the port.
 */
export function findPasskeySite(headers: Headers): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(env().PUBLIC_URL)
  if (protocol === 'https:') return isAddress(hostname) ? null : { rpId: hostname, origin }
  const host = headers.get('host')?.toLowerCase() ?? ''
  return /^localhost(:\d{1,5})?$/.test(host) ? { rpId: 'localhost', origin: new URL(`http://${host}`).origin } : null
}

/** @throws AppError `rule` where browsers give no passkeys */
export function requirePasskeySite(headers: Headers): PasskeySite {
  const site = findPasskeySite(headers)
  if (site) return site
  throw new AppError(
    'rule',
    'Passkeys need a host name and TLS. Set PUBLIC_URL to the https address that people use; on this machine, open http://localhost instead of an IP address.',
    { reason: 'passkeys_unavailable' },
  )
}

const isAddress = (hostname: string) => parseIp(hostname.replace(/^\[|\]$/g, '')) !== null
