import { z } from 'zod'

const message = 'Enter an origin: scheme and host, and the port unless it is the default one, without a path.'

/** Origin that browsers may be sent back to: `https://app.example.com`, `http://10.0.0.5:8080`. */
export const ReturnOrigin = z
  .string()
  .trim()
  .max(300)
  .refine((text) => isOrigin(text), message)
  .meta({ format: 'uri', examples: ['https://app.example.com'] })

/**
 * Whether a browser may be sent to a URL after a sign-in for another application: our own origin, this machine (RFC
 * 8252 §7.3, any port), or a listed origin.
 */
export function mayReturnTo(address: string, own: string, listed: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const { origin, hostname, protocol, username, password } = new URL(address)
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '') return false
  return origin === new URL(own).origin || isLoopback(hostname) || listed.includes(origin)
}

/** The URL parser has normalised every spelling of an IPv4 address to four decimal numbers. */
const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

function isOrigin(text: string): boolean {
  if (!/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text) || !URL.canParse(text)) return false
  return new URL(text).hostname !== ''
}
