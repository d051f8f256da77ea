import { isIP } from 'node:net'

/**
 * Whether an `Origin` is our own: the address the operator gave, or the one the request was sent to. Without TLS the latter
 * counts by number or as localhost only: any site's name can be made to lead here (DNS rebinding), and its page would then
 * set an empty installation up for itself.
 */
export function isOwnOrigin(origin: string, host: string | null, publicUrl: string): boolean {
  if (origin === publicUrl || origin === `https://${host}`) return true
  return !publicUrl.startsWith('https:') && origin === `http://${host}` && !hasName(origin)
}

function hasName(origin: string): boolean {
  if (!URL.canParse(origin)) return true
  const { hostname } = new URL(origin)
  return hostname !== 'localhost' && isIP(hostname.replace(/^\[|\]$/g, '')) === 0
}
