import { expect, test, vi } from 'vitest'
import { keyServers } from '@/e2e/fixtures/key-servers'
import { parseAllowedOrigins } from './allow-list'
import { type GuardedRequest, type GuardOptions, guardedGet } from './guarded-fetch'

const { authority: ca, start } = keyServers()

const loopback = parseAllowedOrigins('127.0.0.1/32')
const get = (href: string, options: Partial<GuardOptions> & GuardedRequest = {}) =>
  guardedGet(href, { allowed: loopback, caCert: ca.cert, ...options })
/** A resolver that gives one answer after another and remembers how often it was asked. */
const answering = (...answers: string[][]) => vi.fn(async (_: string) => answers.shift() ?? [])

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
