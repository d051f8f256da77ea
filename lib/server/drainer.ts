import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const PATIENCE_MS = 10_000
/** How long the first request of a connection is waited for: it may be under way. */
const FIRST_REQUEST_MS = 500

/**
 * Watches `server` and answers the function that ends it: no new connections, running requests finish, connections
 * without one are closed, those that had none yet after half a second. Whatever still runs after ten seconds is cut off.
 */
export function drainer(server: Server, patienceMs = PATIENCE_MS): () => Promise<void> {
  const open = new Map<Socket, Set<ServerResponse>>()
  /** Connections without a first request. */
  const fresh = new WeakSet<Socket>()
  let isDraining = false
  // Not closeIdleConnections: a connection opened in advance, as browsers do, is not idle to Node until its first request.
  const closeUnused = ({ isFreshToo = false } = {}) => {
    for (const [socket, running] of open) {
      if (running.size === 0 && (isFreshToo || !fresh.has(socket))) socket.destroy()
    }
  }
  server.on('connection', (socket) => {
    open.set(socket, new Set())
    fresh.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', ({ socket }, response) => {
    open.get(socket)?.add(response)
    fresh.delete(socket)
    if (isDraining) response.shouldKeepAlive = false
    response.once('close', () => {
      open.get(socket)?.delete(response)
      if (isDraining) closeUnused()
    })
  })
  return () =>
    new Promise((resolve) => {
      isDraining = true
      for (const running of open.values()) for (const response of running) response.shouldKeepAlive = false
      const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
      const closeFresh = setTimeout(() => closeUnused({ isFreshToo: true }), Math.min(FIRST_REQUEST_MS, patienceMs))
      server.close(() => {
        clearTimeout(cutOff)
        clearTimeout(closeFresh)
        resolve()
      })
      closeUnused()
    })
}
