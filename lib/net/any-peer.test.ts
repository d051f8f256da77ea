import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { breakages } from '@/e2e/peers/jwks-breakages'
import { type JwksServer, type JwksServerMode, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { parseAllowedOrigins } from './allow-list'
import { fetchKeySet } from './fetch-keys'
import { createGuard, type GuardOptions, guardedGet } from './guarded-fetch'
import { createKeyCache } from './key-cache'

/*
 * Whatever a peer does, a fetch ends at its deadline with a failure, and the source serves again as soon as it is well.
 */

const ca = createAuthority()
const allowed = parseAllowedOrigins('127.0.0.0/8')
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
})

async function start(tls = true): Promise<JwksServer> {
  const server = await startJwksServer(tls ? { tls: ca.issue() } : {})
  stops.push(server.stop)
  return server
}

/** A TCP server that does with a connection what it likes. */
async function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const get = (href: string, options: Partial<GuardOptions> = {}) =>
  guardedGet(href, { allowed, deadlineMs: 400, caCert: ca.cert, ...options })

const modes = Object.keys(breakages) as (keyof typeof breakages)[]

describe('a fetch ends by its deadline', () => {
  // Those that end with a document are refused by what reads the document, not here.
  const wellFormed: JwksServerMode[] = [
    'bad-json',
    'not-utf-8',
    'duplicate-members',
    'no-keys',
    'keys-not-objects',
    'array',
    'empty',
  ]
  // Bombs and pours are refused by size; lib/net/guarded-fetch.test.ts has them.
  test.each(modes.filter((mode) => !/bomb|huge|endless$|stacked|empty-blocks/.test(mode)))(
    'when a peer over TLS is %s',
    async (mode) => {
      const server = await start()
      server.mode = mode
      const isDocument = wellFormed.includes(mode)
      const fetched = await get(server.jwksUrl, isDocument ? { deadlineMs: 10_000 } : {})
      expect(fetched.ok).toBe(isDocument)
    },
  )

  test.each(['switching-protocols', 'half-close', 'silent'] as const)(
    'when a peer over plain http is %s',
    async (mode) => {
      const server = await start(false)
      server.mode = mode
      expect(await get(server.jwksUrl)).toMatchObject({ ok: false })
    },
  )

  test.each([
    ['says nothing in the TLS handshake', (socket: Socket) => socket.resume()],
    ['ends its side before the TLS handshake', (socket: Socket) => socket.end()],
    ['resets the connection', (socket: Socket) => socket.resetAndDestroy()],
    // A record that announces 16 KiB and brings none of it (RFC 8446 §5.1).
    ['stops within a TLS record', (socket: Socket) => socket.write(Buffer.from([0x16, 3, 3, 0x40, 0, 2]))],
    [
      'sends TLS alerts for ever',
      (socket: Socket) => {
        const timer = setInterval(() => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 1, 0])), 5)
        socket.on('close', () => clearInterval(timer))
      },
    ],
  ])('when a host %s', async (_, onConnection) => {
    const port = await rawServer(onConnection)
    expect(await get(`https://127.0.0.1:${port}/`)).toMatchObject({ ok: false })
  })

  test('when the resolver never answers', async () => {
    const lookup = () => new Promise<string[]>(() => {})
    expect(await get('https://issuer.example/', { lookup })).toMatchObject({ ok: false, reason: 'timed-out' })
  })

  test('when the guard itself never answers, or throws', async () => {
    const source: RemoteKeySource = { kind: 'jwks-url', url: 'https://issuer.example/', caCert: '' }
    const never = await fetchKeySet(source, { guard: () => new Promise(() => {}), deadlineMs: 10 })
    expect(never.keySet).toMatchObject({ status: 'unavailable', reason: 'timed-out' })
    const thrown = await fetchKeySet(source, { guard: () => Promise.reject(new Error('a fault of ours')) })
    expect(thrown.keySet).toMatchObject({ status: 'unavailable', reason: 'unreachable' })
    expect(JSON.stringify(thrown)).not.toContain('a fault of ours')
  })
})

test.each(['switching-protocols', 'switching-bare'] as const)('an answer that is %s is named', async (mode) => {
  const server = await start()
  server.mode = mode
  const fetched = await get(server.jwksUrl, { deadlineMs: 10_000 })
  expect(fetched).toMatchObject({ ok: false, reason: 'http-status', message: expect.stringContaining('101') })
})

test.each([
  ['switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['sends interim answers only', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)],
  ['redirects', 'HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 9\r\n\r\n'],
])('the connection to a peer that %s is closed', async (_, answer) => {
  let closed: Promise<unknown> = Promise.reject(new Error('there was no connection'))
  closed.catch(() => {})
  const port = await rawServer((socket) => {
    closed = new Promise((resolve) => socket.once('close', resolve))
    socket.once('data', () => socket.write(answer))
  })
  expect(await get(`http://127.0.0.1:${port}/`, { deadlineMs: 10_000 })).toMatchObject({ ok: false })
  await closed
})

test('a source that was broken in any way serves again when it is well, without a restart', async () => {
  const server = await start()
  const [patient, hasty] = [10_000, 150].map((deadlineMs) => createGuard({ allowed, deadlineMs }))
  const clock = { ms: 0 }
  const cache = createKeyCache({
    fetch: (source) => fetchKeySet(source, { guard: server.mode === 'ok' ? patient! : hasty!, deadlineMs: 10_000 }),
    monotonic: () => clock.ms,
  })
  const source: RemoteKeySource = { kind: 'jwks-url', url: server.jwksUrl, caCert: ca.cert }
  for (const mode of modes.filter((one) => /switch|interim|silen|half|head|drip/.test(one))) {
    server.mode = mode
    server.keys = []
    await cache.refresh(source)
    server.mode = 'ok'
    const { kid } = server.rotate()
    clock.ms += 30_000
    expect(await cache.get(source, { again: true }), mode).toMatchObject({ status: 'ok', keys: [{ kid }] })
  }
})
