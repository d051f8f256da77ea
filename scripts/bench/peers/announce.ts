import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port of loopback and tells the parent process which; a peer is always a child of the bench. */
export function announce(server: Server): void {
  process.once('disconnect', () => process.exit())
  server.keepAliveTimeout = 75_000
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    process.send?.({ origin: `http://127.0.0.1:${port}` })
  })
}
