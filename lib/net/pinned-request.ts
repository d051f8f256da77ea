import { type ClientRequest, request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction, type TcpNetConnectOpts } from 'node:net'
import { type ConnectionOptions, checkServerIdentity, rootCertificates, TLSSocket } from 'node:tls'
import { type PeerCertificates, peerCertificates, type TlsFacts, tlsFacts } from './certificates'
import type { Destination } from './destination'
import { connectProxy, openTunnel, proxyName } from './egress-proxy'

/** How long one of several addresses may keep the others waiting. */
const attemptMs = 1_500
const addressesMax = 4

/** Node hands what it does not use itself to `connect` of `node:net` or `node:tls`. */
type Options = RequestOptions &
  Pick<TcpNetConnectOpts, 'autoSelectFamily' | 'autoSelectFamilyAttemptTimeout'> &
  Pick<ConnectionOptions, 'socket' | 'ALPNProtocols' | 'minVersion' | 'allowPartialTrustChain'>

/** Facts of a request's connection, set when it opens. */
export type Connection = { address?: string; tls?: TlsFacts; presented: PeerCertificates }

/**
 * A request to one of the checked addresses, over a connection of its own: no resolver is asked again. For https with the
 * host's own name as SNI and the certificate always verified against that name. `caCerts` are trusted beside the built-in
 * authorities, so that a host whose certificate is public goes on working with a CA given; any of them may be the anchor,
 * a leaf too. Through a proxy https has a tunnel, in which the certificate is verified as without one.
 * @throws ProxyError · the signal's reason
 */
export async function pinnedRequest(
  destination: Destination,
  { proxy, caCerts, ...options }: RequestOptions & { proxy: URL | null; caCerts: string[]; signal: AbortSignal },
): Promise<{ outgoing: ClientRequest; connection: Connection }> {
  const { url, hostname } = destination
  const isTls = url.protocol === 'https:'
  const connection: Connection = { presented: [] }
  const way = proxy ? await throughProxy(url, proxy, options.signal) : direct(destination)
  options.signal.throwIfAborted()
  const all: Options = { agent: false, ...options, ...way, ...(isTls && tlsOptions(hostname, caCerts)) }
  const outgoing = isTls ? requestHttps(all) : requestHttp(all)
  // An error must not end the process, whether or not the caller listens yet or still.
  outgoing.on('error', () => {})
  outgoing.once('socket', (socket) => {
    if (proxy) connection.address = proxyName(proxy)
    else socket.once('connect', () => Object.assign(connection, { address: socket.remoteAddress }))
    if (!isTls || !(socket instanceof TLSSocket)) return
    // Looked at before Node judges it: of a connection that was refused nothing can be read any more.
    socket.prependOnceListener('secure', () => {
      connection.presented = peerCertificates(socket)
    })
    socket.once('secureConnect', () => {
      connection.tls = tlsFacts(socket)
    })
  })
  return { outgoing, connection }
}

function direct({ url, hostname, addresses }: Destination): Options {
  const checked = addresses.slice(0, addressesMax).map((address) => ({ address, family: isIP(address) }))
  const lookup: LookupFunction = (_, { all }, found) =>
    all ? found(null, checked) : found(null, checked[0]?.address ?? '', checked[0]?.family)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  return { host: hostname, port, lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: attemptMs }
}

async function throughProxy(url: URL, proxy: URL, signal: AbortSignal): Promise<Options> {
  const toProxy = await connectProxy(proxy, signal)
  if (url.protocol === 'http:') return { agent: undefined, createConnection: () => toProxy }
  try {
    return { socket: await openTunnel(toProxy, url, proxy, signal) }
  } catch (cause) {
    toProxy.destroy()
    throw cause
  }
}

const tlsOptions = (hostname: string, caCerts: string[]): Options => ({
  // SNI carries names only (RFC 6066 §3); an address is checked against the certificate's IP entries.
  servername: isIP(hostname) === 0 ? hostname.replace(/\.$/, '') : '',
  checkServerIdentity: (_, certificate) => checkServerIdentity(hostname, certificate),
  // Said aloud because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise decide.
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
  ALPNProtocols: ['http/1.1'],
  ...(caCerts.length > 0 && { ca: [...rootCertificates, ...caCerts], allowPartialTrustChain: true }),
})
