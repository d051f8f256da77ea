import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls'
import { type PeerCertificates, peerCertificates } from './certificates'
import type { Destination } from './destination'
import { connectProxy, openTunnel, proxyName } from './egress-proxy'

/** How long one of several addresses may keep the others waiting. */
const attemptMs = 1_500
const addressesMax = 4

/**
 * Opens a connection to one of the checked addresses, never asking a resolver again; for https with the host's own name
 * as SNI and the certificate always verified against that name. `caCerts` are trusted beside the built-in authorities,
 * so that a host whose certificate is public goes on working with a CA given; any of them may be the anchor, a leaf too.
 * Rejects with Node's error, or with the signal's reason.
 */
export async function connectPinned(
  { url, hostname, addresses }: Destination,
  { caCerts, signal }: { caCerts: string[]; signal: AbortSignal },
): Promise<{ socket: Socket | TLSSocket; address: string }> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const { socket, address } = await firstToAnswer(addresses.slice(0, addressesMax), port, signal)
  if (url.protocol === 'http:') return { socket, address }
  return { socket: await secure(socket, hostname, caCerts, signal), address }
}

/**
 * The same through a proxy: a tunnel for https, in which the certificate is verified as without one; for plain http the
 * connection to the proxy itself.
 */
export async function connectProxied(
  { url, hostname }: Destination,
  proxy: URL,
  { caCerts, signal }: { caCerts: string[]; signal: AbortSignal },
): Promise<{ socket: Socket | TLSSocket; address: string }> {
  const toProxy = await connectProxy(proxy, signal)
  try {
    if (url.protocol === 'http:') return { socket: toProxy, address: proxyName(proxy) }
    const tunnel = await openTunnel(toProxy, url, proxy, signal)
    return { socket: await secure(tunnel, hostname, caCerts, signal), address: proxyName(proxy) }
  } catch (cause) {
    toProxy.destroy()
    throw cause
  }
}

async function firstToAnswer(addresses: string[], port: number, signal: AbortSignal) {
  let problem: unknown
  for (const [index, address] of addresses.entries()) {
    const last = index === addresses.length - 1
    try {
      return {
        socket: await dial(address, port, last ? signal : AbortSignal.any([signal, AbortSignal.timeout(attemptMs)])),
        address,
      }
    } catch (cause) {
      signal.throwIfAborted()
      problem = cause
    }
  }
  throw problem
}

function dial(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return opened(connectTcp({ host: address, port, noDelay: true }), 'connect', signal)
}

function secure(socket: Socket, hostname: string, caCerts: string[], signal: AbortSignal): Promise<TLSSocket> {
  const tls = connectTls({
    socket,
    // SNI carries names only (RFC 6066 §3); an address is checked against the certificate's IP entries.
    servername: isIP(hostname) === 0 ? hostname.replace(/\.$/, '') : '',
    checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
    // Said aloud because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise decide.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    ...(caCerts.length > 0 && { ca: [...rootCertificates, ...caCerts], allowPartialTrustChain: true }),
  })
  tls.once('close', () => socket.destroy())
  // Looked at before Node judges it: of a connection that was refused nothing can be read any more.
  let presented: PeerCertificates = []
  tls.prependOnceListener('secure', () => {
    presented = peerCertificates(tls)
  })
  return opened(tls, 'secureConnect', signal).catch((cause: unknown) => {
    throw cause instanceof Error ? Object.assign(cause, { presented }) : cause
  })
}

function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', abort)
      socket.removeListener(event, ready)
      socket.removeListener('error', fail)
      socket.removeListener('close', closed)
      // Whatever the socket has to say later, in the hands of its next reader or dying, must not end the process.
      socket.on('error', () => {})
      finish()
    }
    const ready = () => settle(() => resolve(socket))
    const fail = (cause: Error) =>
      settle(() => {
        socket.destroy()
        reject(cause)
      })
    const abort = () => fail(signal.reason)
    const closed = () => fail(new Error('The connection was closed.'))
    socket.once(event, ready)
    socket.once('error', fail)
    socket.once('close', closed)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
