import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const PATIENCE_MS = 10_000

/**
 * Watches `server` and answers the function that ends it: no new connections, running requests finish, connections
 * without one are closed. Whatever still runs after ten seconds is cut off.
 */
export function drainer(server: Server, patienceMs = PATIENCE_MS): () => Promise<void> {
  const open = new Set<Socket>()
  const running = new Map<ServerResponse, Socket>()
  let isDraining = false
  // Not closeIdleConnections: a connection opened in advance, as browsers do, is not idle to Node until its first request.
  const closeUnused = () => {
    const used = new Set(running.values())
    for (const socket of open) if (!used.has(socket)) socket.destroy()
  }
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', (request, response) => {
    running.set(response, request.socket)
    if (isDraining) response.shouldKeepAlive = false
    response.once('close', () => {
      running.delete(response)
      if (isDraining) closeUnused()
    })
  })
  return () =>
    new Promise((resolve) => {
      isDraining = true
      for (const response of running.keys()) response.shouldKeepAlive = false
      const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
      server.close(() => {
        clearTimeout(cutOff)
        resolve()
      })
      closeUnused()
    })
}
