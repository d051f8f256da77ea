import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { ListenError, listen } from './listen'

const close = (server: ReturnType<typeof createServer>) => new Promise((resolve) => server.close(resolve))
const portOf = (server: ReturnType<typeof createServer>) => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('a port in use is one sentence that names it', async () => {
  const first = createServer()
  await listen(first, 0, '127.0.0.1')
  const port = portOf(first)
  const refused = listen(createServer(), port, '127.0.0.1')
  await expect(refused).rejects.toThrow(ListenError)
  await expect(refused).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use; set PORT to a free one or end the other process.`,
  )
  await close(first)
})

test('an address of another machine is one sentence that names it', async () => {
  // TEST-NET-1 (RFC 5737) is assigned to no host.
  await expect(listen(createServer(), 0, '192.0.2.1')).rejects.toThrow(
    /^192\.0\.2\.1 is not an address of this machine/,
  )
})
