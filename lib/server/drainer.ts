import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const PATIENCE_MS = 10_000

/**
 * Watches `server` and answers the function that ends it: no new connections, running requests finish, connections
 * without one are closed. Whatever still runs after ten seconds is cut off.
 */
export function drainer(server: Server, patienceMs = PATIENCE_MS): () => Promise<void> {
  const open = new Map<Socket, Set<ServerResponse>>()
  let isDraining = false
  // Not closeIdleConnections: a connection opened in advance, as browsers do, is not idle to Node until its first request.
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
      if (isDraining) closeUnused()
    })
  })
  return () =>
    new Promise((resolve) => {
      isDraining = true
      for (const running of open.values()) for (const response of running) response.shouldKeepAlive = false
      const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
      server.close(() => {
        clearTimeout(cutOff)
        resolve()
      })
      closeUnused()
    })
}
