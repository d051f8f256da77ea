import type { IncomingHttpHeaders } from 'node:http'
import { believedPeer, peerHeader } from './peer'

/** What proxies say of the caller; without a trusted one it is the caller who says it. */
const forwardedHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto']

/** A request of HTTP/1 or HTTP/2, as far as it says whom we are talking to. */
type Stamped = { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } }

/** Writes the believed address of the caller into `request`, over whatever the caller wrote there. */
export function stampPeer(request: Stamped, trustedHops: number): void {
  const peer = believedPeer(request.socket.remoteAddress, request.headers['x-forwarded-for'], trustedHops)
  delete request.headers[peerHeader]
  if (peer !== null) request.headers[peerHeader] = peer
  if (trustedHops > 0) return
  for (const name of forwardedHeaders) delete request.headers[name]
}
