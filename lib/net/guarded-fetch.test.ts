import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { keyServers } from '@/e2e/fixtures/key-servers'
import type { JwksServerMode } from '@/e2e/peers/jwks-server'
import { parseAllowedOrigins } from './allow-list'
import { type GuardedRequest, type GuardOptions, guardedGet } from './guarded-fetch'

const { authority: ca, start } = keyServers()

const loopback = parseAllowedOrigins('127.0.0.1/32')
const get = (href: string, options: Partial<GuardOptions> & GuardedRequest = {}) =>
  guardedGet(href, { allowed: loopback, caCert: ca.cert, ...options })

test('the request carries what it should and nothing more', async () => {
  const server = await start()
  await get(`${server.jwksUrl}?tenant=a#part`)
  expect(server.requests).toMatchObject([{ path: '/jwks.json?tenant=a' }])
  expect(server.requests[0]?.headers).toEqual({
    host: `127.0.0.1:${server.port}`,
    accept: 'application/json, application/jwk-set+json',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': 'Keybound',
    connection: 'close',
  })
})

test('latency is measured on the given clock', async () => {
  const server = await start()
  const now = vi.fn().mockReturnValueOnce(1_000).mockReturnValueOnce(1_250)
  expect(await get(server.jwksUrl, { monotonic: now })).toMatchObject({ ok: true, latencyMs: 250 })
})

const badAnswers: [JwksServerMode, string, RegExp][] = [
  ['huge', 'too-large', /more than 512 KiB/],
  ['huge-declared', 'too-large', /more than 512 KiB/],
  ['endless', 'too-large', /more than 512 KiB/],
  ['gzip-bomb', 'too-large', /more than 512 KiB/],
  ['deflate-bomb', 'too-large', /more than 512 KiB/],
  ['brotli-bomb', 'too-large', /more than 512 KiB/],
  ['empty-blocks', 'too-large', /more than 512 KiB/],
  ['promise', 'too-large', /more than 512 KiB/],
  ['stacked-gzip', 'not-json', /content encoding/],
  ['broken-gzip', 'not-json', /breaks off or cannot be decompressed/],
  ['cut-off', 'not-json', /breaks off/],
  ['html', 'not-json', /web page/],
  ['status-500', 'http-status', /status 500/],
  ['status-404', 'http-status', /status 404/],
  ['hang-up', 'unreachable', /closed before the answer/],
  ['endless-headers', 'unreachable', /does not answer in HTTP/],
]

test.each(badAnswers)('a key server that is %s is refused as %s', async (mode, reason, message) => {
  const server = await start()
  server.mode = mode
  expect(await get(server.jwksUrl)).toMatchObject({
    ok: false,
    reason,
    message: expect.stringMatching(message),
    fix: expect.any(String),
  })
})

test('a body of 50 MB or without end is cut off while it streams', async () => {
  for (const mode of ['huge', 'huge-declared', 'endless'] as const) {
    const server = await start()
    server.mode = mode
    await get(server.jwksUrl)
    await server.stop()
    // The limit, and what the sockets between us may hold.
    expect(server.bytesSent).toBeLessThan(20 * 1024 * 1024)
  }
})

test('the limit holds to the byte', async () => {
  const server = await start()
  const bytes = JSON.stringify({ keys: [] }).length
  expect(await get(server.jwksUrl, { responseBytesMax: bytes })).toMatchObject({ ok: true })
  expect(await get(server.jwksUrl, { responseBytesMax: bytes - 1 })).toMatchObject({ ok: false, reason: 'too-large' })
})

test('compressed keys are read', async () => {
  for (const encoding of ['gzip', 'deflate', 'br'] as const) {
    const server = await start()
    server.compress = encoding
    const { jwk } = server.rotate()
    const fetched = await get(server.jwksUrl)
    expect(fetched).toMatchObject({ ok: true })
    expect(fetched.ok && JSON.parse(fetched.body.toString())).toEqual({ keys: [jwk] })
  }
})

test('a server that drips, or says nothing at all, is left at the deadline', async () => {
  for (const mode of ['drip', 'silent'] as const) {
    const server = await start()
    server.mode = mode
    expect(await get(server.jwksUrl, { deadlineMs: 300 })).toMatchObject({ ok: false, reason: 'timed-out' })
  }
})

test('the deadline covers the resolver and the TLS handshake too', async () => {
  const never = () => new Promise<string[]>(() => {})
  expect(await get('https://issuer.example/', { lookup: never, deadlineMs: 50 })).toMatchObject({ reason: 'timed-out' })

  const mute = createTcpServer((socket) => socket.resume())
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const { port } = mute.address() as AddressInfo
  expect(await get(`https://127.0.0.1:${port}/`, { deadlineMs: 100 })).toMatchObject({ reason: 'timed-out' })
  await new Promise((resolve) => mute.close(resolve))
})

test('the caller can stop a fetch', async () => {
  const server = await start()
  server.mode = 'silent'
  expect(await get(server.jwksUrl, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, reason: 'timed-out' })
  expect(await get(server.jwksUrl, { signal: AbortSignal.timeout(50) })).toMatchObject({
    ok: false,
    reason: 'timed-out',
  })
})

test('a host that is not there, not known, or speaks no TLS is unreachable, and the message says which', async () => {
  const gone = await start()
  await gone.stop()
  expect(await get(gone.jwksUrl)).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('refused') })

  const unknown = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND issuer.example'), { code: 'ENOTFOUND' })
  }
  expect(await get('https://issuer.example/', { lookup: unknown })).toMatchObject({
    reason: 'unreachable',
    message: expect.stringContaining('not known'),
  })

  const plain = await start({})
  expect(await get(`https://127.0.0.1:${plain.port}/`)).toMatchObject({
    reason: 'unreachable',
    message: expect.stringContaining('no TLS connection'),
  })
})

test('no failure tells an address, a port or a host name', async () => {
  const server = await start({ tls: ca.issue({ names: ['secret.corp.example'] }), name: 'secret.corp.example' })
  const lookup = async () => ['127.0.0.1']
  const modes = [...badAnswers.map(([mode]) => mode), 'redirect'] as JwksServerMode[]
  for (const mode of modes) {
    server.mode = mode
    const fetched = await get(server.jwksUrl, { lookup })
    expect(fetched.ok).toBe(false)
    expect(JSON.stringify(fetched)).not.toMatch(new RegExp(`127\\.0|169\\.254|secret|${server.port}`))
  }
  await server.stop()
  expect(JSON.stringify(await get(server.jwksUrl, { lookup }))).not.toMatch(/127\.0|secret/)
})

test('no connection of ours stays open, however an answer was judged', async () => {
  const listener = createServer((_, response) => response.writeHead(500).write('never ends'))
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  for (let round = 0; round < 5; round++) await get(`http://127.0.0.1:${port}/`)
  const open = () => new Promise<number>((resolve) => listener.getConnections((_, count) => resolve(count)))
  await expect.poll(open).toBe(0)
  await new Promise((resolve) => listener.close(resolve))
})
