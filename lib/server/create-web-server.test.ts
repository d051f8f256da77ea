import type { RequestListener, Server, ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createWebServer } from './create-web-server'

let server: Server
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

/** Answers what it was asked: method, path and body. */
const echo: RequestListener = (request, response) => {
  let body = ''
  request.on('error', () => undefined)
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => response.end(`[${request.method} ${request.url} ${body}]`))
}

const roomy = { connectionsMax: 100, connectionsPerKeyMax: 100 }

type Options = { listener?: RequestListener; limits?: typeof roomy; deadlines?: Parameters<typeof createWebServer>[2] }

async function start({ listener = echo, limits = roomy, deadlines }: Options = {}) {
  server = createWebServer(listener, limits, deadlines)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function open(): {
  socket: Socket
  received: () => string
  closed: Promise<void>
  until: (text: string) => Promise<void>
} {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const until = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = () => text.includes(wanted) && resolve()
      socket.on('data', look)
      look()
    })
  return { socket, received: () => text, closed, until }
}

const opened = ({ socket }: { socket: Socket }) =>
  new Promise<void>((resolve) => socket.once('connect', () => resolve()))

const message = (line: string, headers = '', body = '') => `${line} HTTP/1.1\r\nhost: x\r\n${headers}\r\n${body}`

describe('an offer to upgrade is ignored (RFC 9110 §7.8)', () => {
  // As curl --http2 and Java's HttpClient send it.
  const h2c = 'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\n'

  test.each([
    ['GET', message('GET /a', h2c), '[GET /a ]'],
    ['POST with a body', message('POST /a', `${h2c}content-length: 5\r\n`, 'hello'), '[POST /a hello]'],
    [
      'POST with a body in chunks',
      message('POST /a', `${h2c}transfer-encoding: chunked\r\n`, '5\r\nhello\r\n0\r\n\r\n'),
      '[POST /a hello]',
    ],
    ['WebSocket', message('GET /a', 'connection: upgrade\r\nupgrade: websocket\r\n'), '[GET /a ]'],
  ])('%s is answered over HTTP/1.1, and the connection goes on', async (_, sent, answer) => {
    await start()
    const { socket, until, received } = open()
    socket.write(sent)
    await until(answer)
    expect(received()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    socket.write(message('GET /b'))
    await until('[GET /b ]')
  })
})

describe('a connection ends', () => {
  const deadlines = {
    maxHeaderSize: 1024,
    headersTimeout: 60,
    requestTimeout: 120,
    connectionsCheckingInterval: 20,
    keepAliveTimeout: 50,
  }

  test.each([
    ['that says nothing', ''],
    ['that never finishes its headers', 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: '],
    ['that never finishes its body', message('POST /', 'content-length: 10\r\n', 'half')],
  ])('%s', async (_, sent) => {
    await start({ deadlines })
    const { socket, closed, received } = open()
    socket.write(sent)
    await closed
    expect(received()).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('that is not used any more', async () => {
    await start({ deadlines })
    const { socket, closed, received } = open()
    socket.write(message('GET /a'))
    await closed
    expect(received()).toContain('[GET /a ]')
  })

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400],
    ['a header longer than allowed', message('GET /', `x: ${'a'.repeat(3000)}\r\n`), 431],
    [
      'two lengths (request smuggling, RFC 9112 §6.3)',
      message('POST /', 'content-length: 1\r\ncontent-length: 2\r\n'),
      400,
    ],
    ['a length and chunks', message('POST /', 'content-length: 1\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\n'), 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a tunnel', 'CONNECT other.example:443 HTTP/1.1\r\nhost: other.example:443\r\n\r\n', 405],
  ])('that brings %s, with the reason', async (_, sent, status) => {
    await start({ deadlines })
    const { socket, closed, received } = open()
    socket.write(sent)
    await closed
    expect(received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })
})

describe('pipelined requests', () => {
  test('are answered one after the other', async () => {
    const begun: string[] = []
    const finish: (() => void)[] = []
    await start({
      listener: (request, response) => {
        begun.push(request.url ?? '')
        finish.push(() => response.end(`[${request.url}]`))
      },
    })
    const { socket, until } = open()
    const firstBegan = new Promise((resolve) => server.once('request', resolve))
    socket.write(message('GET /a') + message('GET /b'))
    await firstBegan
    expect(begun).toEqual(['/a'])
    finish[0]?.()
    await until('[/a]')
    await expect.poll(() => begun).toEqual(['/a', '/b'])
    finish[1]?.()
    await until('[/b]')
  })

  test('nonsense behind a request does not cost it its answer', async () => {
    let finish: () => void = () => undefined
    await start({
      listener: (_request, response) => {
        finish = () => response.end('[whole]')
      },
    })
    const { socket, closed, received } = open()
    const failed = new Promise((resolve) => server.prependOnceListener('clientError', resolve))
    socket.write(`${message('GET /a')}\0\0 nonsense\r\n\r\n`)
    await failed
    finish()
    await closed
    expect(received()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\[whole\]$/)
  })

  test('nonsense in many pieces behind a request is waited out by one listener', async () => {
    let answering: ServerResponse | undefined
    await start({
      listener: (_request, response) => {
        answering = response
      },
    })
    const { socket, closed, received } = open()
    const sendNonsense = async (text: string) => {
      const failed = new Promise((resolve) => server.prependOnceListener('clientError', resolve))
      socket.write(text)
      await failed
    }
    await sendNonsense(`${message('GET /a')}\0`)
    const listeners = answering?.listenerCount('close')
    for (let piece = 0; piece < 20; piece++) await sendNonsense('\0')
    expect(answering?.listenerCount('close')).toBe(listeners)
    answering?.end('[whole]')
    await closed
    expect(received()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\[whole\]$/)
  })

  test('are bounded', async () => {
    let begun = 0
    await start({ listener: () => void begun++ })
    const { socket, closed } = open()
    socket.write(message('GET /a').repeat(1000))
    await closed
    expect(begun).toBe(1)
  })
})

describe('at the limit of connections', () => {
  test('the one that was idle for longest gives its place to a new one', async () => {
    await start({ limits: { connectionsMax: 2, connectionsPerKeyMax: 100 } })
    const [first, second] = [open(), open()]
    await Promise.all([opened(first), opened(second)])
    second.socket.write(message('GET /a'))
    await second.until('[GET /a ]')
    first.socket.write(message('GET /b'))
    await first.until('[GET /b ]')
    const third = open()
    third.socket.write(message('GET /c'))
    await third.until('[GET /c ]')
    await second.closed
    first.socket.write(message('GET /d'))
    await first.until('[GET /d ]')
  })

  test('one that is in use keeps its place, and the new one is closed', async () => {
    let finish: () => void = () => undefined
    const began = new Promise<void>((resolve) => {
      void start({
        limits: { connectionsMax: 100, connectionsPerKeyMax: 1 },
        listener: (_request, response) => {
          finish = () => response.end('[done]')
          resolve()
        },
      }).then(() => open().socket.write(message('GET /a')))
    })
    await began
    await open().closed
    finish()
    await expect.poll(() => sockets[0]?.bytesRead).toBeGreaterThan(0)
  })
})

test('an answer that is cut off is waited for no longer', async () => {
  const found: { before: number; after: number; isDestroyed: boolean }[] = []
  await start({
    listener: (_, response) => {
      response.write('a')
      const before = response.listenerCount('close')
      // Node tells the server of it as of an error of the client.
      server.once('clientError', (_, socket) => {
        found.push({ before, after: response.listenerCount('close'), isDestroyed: socket.destroyed })
      })
      response.destroy(new Error('The reader has lost access.'))
    },
  })
  const { socket, closed } = open()
  socket.write(message('GET /'))
  await closed
  expect(found).toEqual([{ before: 1, after: 1, isDestroyed: true }])
})
