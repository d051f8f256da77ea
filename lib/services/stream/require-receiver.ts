import { env } from '@/lib/env'
import { invalidField } from '@/lib/errors'
import { type AllowedOrigin, isAllowedAddress, isAllowedOrigin, parseAllowedOrigins } from '@/lib/net/allow-list'
import { readCertificates } from '@/lib/net/certificates'
import { classifyHost } from '@/lib/trust/host-address'
import { parseWrittenIp } from '@/lib/trust/ip-range'

/** Origins and ranges that webhooks may be sent to although private or plain http. */
export const allowedReceivers = (): AllowedOrigin[] =>
  parseAllowedOrigins(env().WEBHOOK_ALLOWED_ORIGINS, 'WEBHOOK_ALLOWED_ORIGINS')

/**
 * Refuses a receiver to which nothing could be sent, as far as the text says; where the name leads to is asked at each request.
 * @throws AppError `invalid`
 */
export function requireReceiver({ url: text, caCert }: { url?: string | undefined; caCert?: string | undefined }) {
  if (caCert?.trim() && !readCertificates(caCert)) {
    const expected = 'from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----'
    throw invalidField(['caCert'], `This cannot be read. Paste one or more certificates in PEM form, ${expected}.`)
  }
  if (text === undefined) return
  const wrong = (message: string) => invalidField(['url'], message)
  if (!URL.canParse(text)) throw wrong('This is not a URL. Enter a full URL that begins with https://.')
  const url = new URL(text)
  if (url.username || url.password) throw wrong('Remove user name and password: requests are signed instead.')
  if (url.hash) throw wrong('Remove the part after #: it is never sent.')
  const allowed = allowedReceivers()
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isListed =
    isAllowedOrigin(url, allowed) ||
    (parseWrittenIp(address) ? isAllowedAddress(address, url, allowed) : allowed.some(({ kind }) => kind === 'range'))
  const how = 'The operator may list it in WEBHOOK_ALLOWED_ORIGINS.'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isListed))
    throw wrong(`Enter a URL that begins with https://. ${how}`)
  if (!classifyHost(url.hostname).public && !isListed) throw wrong(`This host is not public. ${how}`)
}
