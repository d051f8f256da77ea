import { expect, test, vi } from 'vitest'
import { keyServers } from '@/e2e/fixtures/key-servers'
import type { JwksServerOptions } from '@/e2e/peers/jwks-server'
import { createAuthority, createSelfSigned } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { type GuardedRequest, type GuardOptions, guardedGet } from './guarded-fetch'

const { authority: ca, start } = keyServers()
const local = ca.issue()

const loopback = parseAllowedOrigins('127.0.0.1/32')
const get = (href: string, options: Partial<GuardOptions> & GuardedRequest = {}) =>
  guardedGet(href, { allowed: loopback, caCert: ca.cert, ...options })
/** A resolver that gives one answer after another and remembers how often it was asked. */
const answering = (...answers: string[][]) => vi.fn(async (_: string) => answers.shift() ?? [])

const year = 365 * 86_400_000

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

test('the certificate is verified for the name in the URL, whatever address it resolves to', async () => {
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
