import type { RequestListener, Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { toApiRequest } from './api-request'
import { createWebServer } from './create-web-server'
import { bodyBytesMax, readBody } from './read-body'

let server: Server
let socket: Socket
afterEach(() => {
  socket.destroy()
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

/** Reads a body as the operations of the APIs do. */
const reading: RequestListener = (request, response) => {
  readBody(toApiRequest(request, '/'), ['application/json']).then(
    () => response.end(`[${request.url} was read]`),
    (error) => response.writeHead(413).end(`[${request.url} ${error instanceof AppError ? error.kind : error}]`),
  )
}
const ignoring: RequestListener = (request, response) => void response.writeHead(404).end(`[${request.url} ignored]`)
const destroying: RequestListener = (request, response) => {
  request.once('data', () => {
    // As an iterator that is left does (Readable's `destroyOnReturn`).
    Object.assign(request, { socket: null })
    request.destroy()
    response.writeHead(413).end(`[${request.url} destroyed]`)
  })
}

async function open(listener: RequestListener) {
  const limits = { connectionsMax: 10, connectionsPerKeyMax: 10 }
  server = createWebServer(listener, limits)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined)
  return { closed, received: () => received }
}

const head = (path: string, headers = '') => `POST ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`
const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`
const tooMany = bodyBytesMax / (64 * 1024) + 20
const [chunked, length] = ['transfer-encoding: chunked\r\n', `content-length: ${2 * bodyBytesMax}\r\n`]

test.each([
  ['too large, in chunks', reading, `${head('/a', chunked)}${chunk.repeat(tooMany)}0\r\n\r\n`, '[/a too-large]'],
  ['announced as too large', reading, head('/a', length) + ' '.repeat(2 * bodyBytesMax), '[/a too-large]'],
  ['not read at all', ignoring, `${head('/a', chunked)}${chunk.repeat(3)}0\r\n\r\n`, '[/a ignored]'],
])('behind a body that is %s the next request on the connection is answered', async (_, listener, sent, answer) => {
  const { received } = await open(listener)
  socket.write(sent)
  await expect.poll(received).toContain(answer)
  socket.write(`${head('/b', 'content-length: 2\r\n')}{}`)
  await expect.poll(received).toMatch(/\[\/b (was read|ignored)\]/)
})

test('a body without an end is not read for ever', async () => {
  const { received, closed } = await open(reading)
  socket.write(head('/a', chunked))
  const more = () => void socket.write(chunk, (error) => error || more())
  more()
  await closed
  expect(received()).toContain('[/a too-large]')
})

test('a connection whose body can be read no further is closed behind the answer', async () => {
  const { received, closed } = await open(destroying)
  socket.write(head('/a', chunked) + chunk.repeat(tooMany))
  await closed
  expect(received()).toContain('[/a destroyed]')
})
