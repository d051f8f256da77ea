import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { JwksServerMode } from '@/e2e/peers/jwks-server'
import { type JwksServer, type JwksServerOptions, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority, createSelfSigned } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { type GuardedRequest, type GuardOptions, guardedGet } from './guarded-fetch'

const ca = createAuthority()
const local = ca.issue()
const running: { stop(): Promise<void> }[] = []

async function start(options: JwksServerOptions = { tls: local }): Promise<JwksServer> {
  const server = await startJwksServer(options)
  running.push(server)
  return server
}

afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const loopback = parseAllowedOrigins('127.0.0.1/32')
const get = (href: string, options: Partial<GuardOptions> & GuardedRequest = {}) =>
  guardedGet(href, { allowed: loopback, caCert: ca.cert, ...options })
/** A resolver that gives one answer after another and remembers how often it was asked. */
const answering = (...answers: string[][]) => vi.fn(async (_: string) => answers.shift() ?? [])

test('keys come over TLS with the given CA, with the facts of the certificate', async () => {
  const server = await start()
  const key = server.rotate()
  const fetched = await get(server.jwksUrl)
  expect(fetched).toMatchObject({
    ok: true,
    status: 200,
    address: '127.0.0.1',
    headers: { 'content-type': 'application/json' },
    tls: {
      subject: 'CN=localhost',
      issuer: 'CN=Keybound test CA',
      protocol: 'TLSv1.3',
      chain: [{}, { subject: 'CN=Keybound test CA' }],
    },
  })
  if (!fetched.ok || !fetched.tls) throw new Error('unreachable')
  expect(JSON.parse(fetched.body.toString())).toEqual({ keys: [key.jwk] })
  expect(fetched.tls.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  expect(fetched.tls.notAfter).toBeGreaterThan(fetched.tls.notBefore)
})

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

test('a loopback server is refused, and never sees a connection, unless it is allowed', async () => {
  const server = await start({})
  for (const href of [
    server.jwksUrl,
    `http://localhost:${server.port}/jwks.json`,
    `http://2130706433:${server.port}/jwks.json`,
  ]) {
    expect(await get(href, { allowed: [] })).toMatchObject({ ok: false, reason: 'address-refused' })
  }
  expect(server.requests).toEqual([])
  expect(await get(server.jwksUrl, { allowed: parseAllowedOrigins(server.origin) })).toMatchObject({ ok: true })
})

test('plain http is fetched only from an allowed place', async () => {
  const server = await start({})
  const other = parseAllowedOrigins(`http://127.0.0.1:${server.port + 1}`)
  expect(await get(server.jwksUrl, { allowed: other })).toMatchObject({ ok: false, reason: 'address-refused' })
  const fetched = await get(server.jwksUrl)
  expect(fetched).toMatchObject({ ok: true })
  expect(fetched).toHaveProperty('tls', undefined)
})

test('DNS that answers well and then badly is asked once, and the connection stays with the first answer', async () => {
  const server = await start({ tls: ca.issue({ names: ['rebind.example'] }), name: 'rebind.example' })
  const lookup = answering(['127.0.0.1'], ['127.0.0.2'])
  expect(await get(server.jwksUrl, { lookup })).toMatchObject({ ok: true, address: '127.0.0.1' })
  expect(lookup.mock.calls).toEqual([['rebind.example']])
  expect(server.requests).toMatchObject([
    { servername: 'rebind.example', headers: { host: `rebind.example:${server.port}` } },
  ])
})

test('DNS that answers with an allowed and a forbidden address is refused before any connection', async () => {
  const server = await start({ tls: ca.issue({ names: ['mixed.example'] }), name: 'mixed.example' })
  const lookup = answering(['127.0.0.1', '127.0.0.2'])
  expect(await get(server.jwksUrl, { lookup })).toMatchObject({ ok: false, reason: 'address-refused' })
  expect(server.requests).toEqual([])
})

test('when one of several addresses does not answer the next one is tried', async () => {
  const server = await start({ tls: ca.issue({ names: ['two.example'] }), name: 'two.example' })
  const lookup = answering(['::1', '127.0.0.1'])
  const allowed = parseAllowedOrigins('127.0.0.1 ::1')
  expect(await get(server.jwksUrl, { allowed, lookup })).toMatchObject({ ok: true, address: '127.0.0.1' })
})

const redirects: [to: string, described: string][] = [
  ['http://169.254.169.254/latest/meta-data/', 'an address that is not public'],
  ['https://[::ffff:169.254.169.254]/', 'an address that is not public'],
  ['https://localhost/', 'an address that is not public'],
  ['//2130706433/', 'an address that is not public'],
  ['http://issuer.example/', 'plain http'],
  ['https://issuer.example/', 'another host'],
  ['/elsewhere', 'another path of the same host'],
  ['file:///etc/passwd', 'not a web address'],
  ['https://[', 'nowhere'],
]
test.each(redirects)('a redirect to %s is not followed, and described as: %s', async (to, described) => {
  const server = await start()
  server.mode = 'redirect'
  server.redirectTo = to
  const fetched = await get(server.jwksUrl)
  expect(fetched).toMatchObject({ ok: false, reason: 'redirected', message: expect.stringContaining(described) })
  expect(server.requests).toHaveLength(1)
})

test('a redirect to a server that would answer is not followed, and its address is not told', async () => {
  const target = await start({})
  const server = await start()
  server.mode = 'redirect'
  server.redirectTo = target.jwksUrl
  const fetched = await get(server.jwksUrl)
  expect(JSON.stringify(fetched)).not.toContain(String(target.port))
  expect(target.requests).toEqual([])
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

const year = 365 * 86_400_000
const untrusted: [string, JwksServerOptions['tls'], GuardedRequest, RegExp][] = [
  ['self-signed, without a CA', createSelfSigned(), { caCert: '' }, /is self-signed\./],
  ['self-signed, with another CA', createSelfSigned(), {}, /self-signed and is not the CA certificate given/],
  ['signed by an unknown authority', local, { caCert: '' }, /an authority this server does not know/],
  [
    'signed by another authority than the one given',
    createAuthority('Other').issue(),
    {},
    /not signed by the CA certificate given/,
  ],
  ['made for another host', ca.issue({ names: ['other.example', '127.0.0.9'] }), {}, /another host name/],
  ['made for the address as if it were a name', ca.issue({ names: ['localhost'] }), {}, /another host name/],
  [
    'expired',
    ca.issue({ notBefore: new Date(Date.now() - 2 * year), notAfter: new Date(Date.now() - year) }),
    {},
    /has expired/,
  ],
  [
    'not valid yet',
    ca.issue({ notBefore: new Date(Date.now() + year), notAfter: new Date(Date.now() + 2 * year) }),
    {},
    /not valid yet/,
  ],
]
test.each(untrusted)(
  'a certificate that is %s is not trusted, and the message says which',
  async (_, tls, request, message) => {
    const server = await start({ tls })
    expect(await get(server.jwksUrl, request)).toMatchObject({
      ok: false,
      reason: 'tls-untrusted',
      message: expect.stringMatching(message),
    })
    expect(server.requests).toEqual([])
  },
)

test('an untrusted certificate asks for the CA certificate', async () => {
  const server = await start()
  expect(await get(server.jwksUrl, { caCert: '' })).toMatchObject({ fix: expect.stringContaining('CA certificate') })
})

test('NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing', async () => {
  vi.spyOn(process, 'emitWarning').mockReturnValue()
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  const server = await start({ tls: createSelfSigned() })
  expect(await get(server.jwksUrl)).toMatchObject({ ok: false, reason: 'tls-untrusted' })
  expect(server.requests).toEqual([])
})

test('the name is verified as it stands in the URL, whatever address it resolves to', async () => {
  const server = await start({ tls: ca.issue({ names: ['127.0.0.1'] }), name: 'issuer.example' })
  const lookup = answering(['127.0.0.1'])
  expect(await get(server.jwksUrl, { lookup })).toMatchObject({ ok: false, reason: 'tls-untrusted' })
})

test('a trailing dot in the host name neither breaks TLS nor hides the name', async () => {
  const server = await start({ tls: ca.issue({ names: ['issuer.example'] }), name: 'issuer.example.' })
  expect(await get(server.jwksUrl, { lookup: answering(['127.0.0.1']) })).toMatchObject({ ok: true })
  expect(server.requests).toMatchObject([{ servername: 'issuer.example' }])
})

test('a self-signed certificate, an intermediate authority and a bundle of several may each be the given CA', async () => {
  const own = createSelfSigned()
  const ownServer = await start({ tls: own })
  expect(await get(ownServer.jwksUrl, { caCert: own.cert })).toMatchObject({ ok: true })

  const intermediate = ca.issueAuthority('Intermediate')
  const below = await start({ tls: intermediate.issue() })
  expect(await get(below.jwksUrl)).toMatchObject({ ok: true, tls: { chain: [{}, {}, {}] } })
  expect(await get(below.jwksUrl, { caCert: intermediate.cert })).toMatchObject({ ok: true })

  const bundle = `# old\n${createAuthority('Old').cert}\n# new\n${ca.cert}`
  expect(await get((await start()).jwksUrl, { caCert: bundle })).toMatchObject({ ok: true })
})

test('a CA certificate that cannot be read is said to be so, and nothing is fetched', async () => {
  const server = await start()
  const cut = ca.cert.slice(0, 200)
  for (const caCert of ['nonsense', cut, `${cut}\n-----END CERTIFICATE-----`, local.key]) {
    expect(await get(server.jwksUrl, { caCert })).toMatchObject({
      ok: false,
      reason: 'tls-untrusted',
      message: expect.stringContaining('cannot be read'),
    })
  }
  expect(server.requests).toEqual([])
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
