import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { addressKey } from '@/lib/services/address-key'
import { type ConnectionLimits, connections } from './connections'

/** Limits on a slow or hostile client; key fetches and imports finish well within. */
const usual = {
  maxHeaderSize: 16 * 1024,
  // Counted from the start of a connection too: one that says nothing is closed.
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
  // Longer than the idle time of the usual proxies, so that they never reuse a connection we are closing.
  keepAliveTimeout: 75_000,
}

/** A connection on which nothing is sent or taken for so long is closed. */
const silenceMs = 120_000

/**
 * An HTTP/1.1 server that a client cannot hold up: deadlines for silence, bounded connections, pipelined requests in their
 * order, no tunnels. `Upgrade` is ignored (RFC 9110 §7.8) unless something listens for it.
 */
export function createWebServer(listener: RequestListener, limits: ConnectionLimits, deadlines = usual): Server {
  const server = createServer(deadlines)
  const { add, inOrder, running } = connections(limits, (socket) => addressKey(socket.remoteAddress ?? null))
  server.setTimeout(silenceMs)
  server.on('connection', add)
  server.on('request', inOrder(listener))
  // Without a listener the connection would be closed without an answer.
  server.on('connect', (_request, socket) =>
    refuse(socket, 405, 'allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n'),
  )
  // Each piece of what cannot be read is an error of its own.
  const ending = new WeakSet<Duplex>()
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const [request, response] = (socket instanceof Socket && running(socket)) || []
    // Nonsense behind a whole request does not cost that request its answer.
    // An answer that was cut off here ends its connection by itself.
    if (request?.complete && response && !response.destroyed && error.code !== 'ECONNRESET') {
      if (!ending.has(socket)) response.once('close', () => socket.destroy())
      ending.add(socket)
    } else if (error.code === 'ECONNRESET' || response?.headersSent) socket.destroy()
    else refuse(socket, statuses[error.code ?? ''] ?? 400)
  })
  return server
}

const statuses: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Ends a connection on which no more requests can be read, with the reason. */
function refuse(socket: Duplex, status: number, header = '') {
  if (!socket.writable) return void socket.destroy()
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n${header}content-length: 0\r\n\r\n`,
    () => socket.destroy(),
  )
}
