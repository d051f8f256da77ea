import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'

const PATIENCE_MS = 10_000
/** How long the next request of an open connection is waited for: it may be under way. */
const NEXT_REQUEST_MS = 500

/**
 * Watches `server` and answers the function that ends it: no new connections, running requests finish, connections without one are
 * closed after half a second, unless a request comes: it is answered, and says that the connection ends. Whatever still runs after
 * ten seconds is cut off.
 */
export function drainer(server: Server, patienceMs = PATIENCE_MS): () => Promise<void> {
  const open = new Map<Socket, Set<ServerResponse>>()
  let isDraining = false
  let isClosing = false
  const closeUnused = () => {
    for (const [socket, running] of open) if (running.size === 0) socket.destroy()
  }
  server.on('connection', (socket) => {
    open.set(socket, new Set())
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', ({ socket }, response) => {
    open.get(socket)?.add(response)
    if (isDraining) response.shouldKeepAlive = false
    response.once('close', () => {
      open.get(socket)?.delete(response)
      // One whose answer had begun before says nothing of its end, and would stay open.
      if (isClosing) closeUnused()
    })
  })
  return () =>
    new Promise((resolve) => {
      isDraining = true
      for (const running of open.values()) for (const response of running) response.shouldKeepAlive = false
      const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
      const close = setTimeout(
        () => {
          isClosing = true
          closeUnused()
        },
        Math.min(NEXT_REQUEST_MS, patienceMs),
      )
      // The `close` of node:http ends idle connections at once, with the requests that are under way on them.
      NetServer.prototype.close.call(server, () => {
        clearTimeout(cutOff)
        clearTimeout(close)
        resolve()
      })
    })
}
