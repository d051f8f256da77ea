import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { drainer } from './drainer'

async function served(patienceMs?: number) {
  const server = createServer()
  const drain = drainer(server, patienceMs)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  const { port } = server.address() as AddressInfo
  const ask = async (): Promise<IncomingMessage> => {
    const [answer] = await once(get({ port, host: '127.0.0.1', agent }), 'response')
    return answer
  }
  return { server, drain, ask, agent }
}

test('a request that is running is answered in full before the server ends', async () => {
  const { server, drain, ask } = await served()
  const asked = once(server, 'request')
  const answer = ask()
  const [, response] = (await asked) as [IncomingMessage, ServerResponse]
  const drained = drain()
  await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  response.end('all of it')
  expect(await text(await answer)).toBe('all of it')
  expect((await answer).headers.connection).toBe('close')
  await drained
})

test('a connection that waits for its next request does not hold the server', async () => {
  const { server, drain, ask } = await served()
  server.on('request', (_, response) => response.end('ok'))
  expect((await text(await ask())).length).toBe(2)
  await drain()
})

test('a request that never ends is cut off', async () => {
  const { server, drain, ask } = await served(20)
  const asked = once(server, 'request')
  const answer = ask()
  const failed = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
  await asked
  await drain()
  await failed
})

test('a server without connections ends at once', async () => {
  const { drain } = await served()
  await drain()
})

test('a connection opened in advance, on which nothing was asked yet, does not hold the server', async () => {
  // Browsers do this; Node does not count such a connection as idle.
  const { server, drain } = await served(60_000)
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await accepted
  const closed = once(socket, 'close')
  await drain()
  await closed
})

test('a first request that comes on an open connection while the server ends is answered', async () => {
  const { server, drain } = await served()
  server.on('request', (_, response) => response.end('in time'))
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const socket = connect(port, '127.0.0.1')
  await accepted
  const drained = drain()
  socket.end('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  expect(await text(socket)).toContain('in time')
  await drained
})

test('a request that comes on a kept connection while the server ends is answered, and told that the connection ends', async () => {
  const { server, drain, ask } = await served()
  server.on('request', (_, response) => response.end('in time'))
  expect(await text(await ask())).toBe('in time')
  // The agent uses the connection of the first request: a new one would be refused.
  const drained = drain()
  const answer = await ask()
  expect([await text(answer), answer.headers.connection]).toEqual(['in time', 'close'])
  await drained
})

test('a connection whose answer had begun before does not hold the server after it', async () => {
  const { server, drain, ask } = await served()
  const asked = once(server, 'request')
  const answered = ask()
  const [, response] = (await asked) as [IncomingMessage, ServerResponse]
  response.write('begun, ')
  const answer = await answered
  expect(answer.headers.connection).toBe('keep-alive')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const drained = drain()
  vi.advanceTimersByTime(1_000)
  vi.useRealTimers()
  response.end('ended')
  expect(await text(answer)).toBe('begun, ended')
  await drained
})
