import { isIP } from 'node:net'

/** The header in which server.ts tells the routes whom it is talking to. Whatever a client sends under it is deleted. */
export const peerHeader = 'x-keybound-peer'

/**
 * The caller's address as far as it can be believed. Each trusted proxy has appended the address it was called from to
 * `X-Forwarded-For`, so with n of them the n-th from the right is the caller; everything further left is hearsay.
 * A chain shorter than configured, or an entry that is no address, leaves the last address that can be believed.
 * @param socketAddress of the TCP connection
 * @param forwardedFor the header's values, in order; ignored when `trustedHops` is 0
 * @returns an IPv4 or IPv6 address without port, brackets or zone; null when the connection is gone already
 */
export function believedPeer(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  trustedHops: number,
): string | null {
  let believed = plainAddress(socketAddress ?? '')
  const chain = [forwardedFor ?? []].flat().join(',').split(',').reverse()
  for (const entry of chain.slice(0, trustedHops)) {
    const address = plainAddress(entry.trim())
    if (address === null) break
    believed = address
  }
  return believed
}

/** `::ffff:10.0.0.1`, `[2001:db8::1]:443`, `10.0.0.1:5555` and `fe80::1%eth0` without their trimmings; null for the rest. */
function plainAddress(text: string): string | null {
  const bare = text
    .replace(/^\[([^\]]*)\](:\d{1,5})?$/, '$1')
    .replace(/^([\d.]+):\d{1,5}$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  const address = mapped ?? bare
  return isIP(address) === 0 ? null : address
}
