import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ConnectProxy, startConnectProxy } from '@/e2e/peers/connect-proxy'
import { type JwksServer, type JwksServerOptions, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { proxyFromEnvironment, proxyName, requireProxySettings } from './egress-proxy'
import { type GuardedRequest, type GuardOptions, guardedGet } from './guarded-fetch'

const ca = createAuthority()
const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()])
let proxy: ConnectProxy
const running: { stop(): Promise<void> }[] = []

beforeEach(async () => {
  for (const name of names) vi.stubEnv(name, '')
  proxy = await startConnectProxy()
  running.push(proxy)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

async function start(options: JwksServerOptions = { tls: ca.issue() }): Promise<JwksServer> {
  const server = await startJwksServer(options)
  running.push(server)
  return server
}
const neverAsked = async (): Promise<string[]> => {
  throw new Error('The name is for the proxy to resolve.')
}
const get = (href: string, options: Partial<GuardOptions> & GuardedRequest = {}) =>
  guardedGet(href, { allowed: parseAllowedOrigins('127.0.0.1/32'), caCert: ca.cert, lookup: neverAsked, ...options })

describe('keys are fetched through the proxy that the environment names', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('by a tunnel, with TLS verified: %s', async (name) => {
    const server = await start()
    vi.stubEnv(name, proxy.url)
    const fetched = await get(server.jwksUrl)
    expect(fetched).toMatchObject({ ok: true, tls: { subject: 'CN=localhost' }, address: new URL(proxy.url).host })
    expect(proxy.asked).toEqual([{ what: `CONNECT 127.0.0.1:${server.port}`, authorization: undefined }])
    expect(server.requests).toMatchObject([{ path: '/jwks.json' }])
  })

  test('by the whole URL for plain http, where that is allowed', async () => {
    const server = await start({})
    vi.stubEnv('HTTP_PROXY', proxy.url)
    expect(await get(server.jwksUrl)).toMatchObject({ ok: true })
    expect(proxy.asked).toMatchObject([{ what: `GET ${server.jwksUrl}` }])
  })

  test('which resolves the name; a certificate for another name is refused all the same', async () => {
    const server = await start({ tls: ca.issue({ names: ['issuer.example'] }), name: 'issuer.example' })
    proxy.hosts = { 'issuer.example': '127.0.0.1', 'other.example': '127.0.0.1' }
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    expect(await get(server.jwksUrl, { allowed: [] })).toMatchObject({ ok: true })
    const other = await get(server.jwksUrl.replace('issuer', 'other'), { allowed: [] })
    expect(other).toMatchObject({ ok: false, reason: 'tls-untrusted' })
    expect(await get(server.jwksUrl, { allowed: [], caCert: '' })).toMatchObject({ ok: false, reason: 'tls-untrusted' })
    expect(server.hits).toBe(1)
  })

  test('with the user name and password of its URL, which only the proxy sees', async () => {
    const server = await start()
    vi.stubEnv('HTTPS_PROXY', proxy.url.replace('//', '//user:p%40ss@'))
    expect(await get(server.jwksUrl)).toMatchObject({ ok: true })
    expect(proxy.asked[0]?.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
    expect(JSON.stringify(server.requests)).not.toMatch(/proxy-authorization|Basic/)
    expect(proxyName(new URL('http://user:secret@proxy.example:3128'))).toBe('proxy.example:3128')
  })

  test.each(['127.0.0.1', '127.0.0.0/8', '*', 'a.example,127.0.0.1'])('but not with NO_PROXY=%s', async (except) => {
    const server = await start()
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    vi.stubEnv('NO_PROXY', except)
    expect(await get(server.jwksUrl)).toMatchObject({ ok: true, address: '127.0.0.1' })
    expect(proxy.asked).toEqual([])
  })

  test('a proxy written without a scheme is one that speaks plain http', () => {
    vi.stubEnv('HTTPS_PROXY', 'proxy.example:3128')
    expect(proxyFromEnvironment(new URL('https://a.example/'))?.href).toBe('http://proxy.example:3128/')
    expect(proxyFromEnvironment(new URL('http://a.example/'))).toBeNull()
  })
})

describe('a wrong setting is told at the start, without its value', () => {
  test.each([
    ['HTTPS_PROXY', 'socks5://user:hunter2@proxy.example:1080'],
    ['https_proxy', 'the proxy'],
    ['HTTP_PROXY', 'http://user:hunter2%zz@proxy.example:3128'],
    ['ALL_PROXY', 'http://'],
    ['NO_PROXY', '10.0.0.0/99'],
    ['NO_PROXY', 'a.example,https://b.example'],
  ])('%s=%s', (name, value) => {
    vi.stubEnv(name, value)
    expect(requireProxySettings).toThrow(new RegExp(`^${name} `))
    expect(requireProxySettings).not.toThrow(/hunter2/)
  })

  test('what can be used is none, nor is what is not read because another is set', () => {
    requireProxySettings()
    vi.stubEnv('HTTPS_PROXY', 'proxy.example:3128')
    vi.stubEnv('http_proxy', 'https://us%40er:pass@proxy.example')
    vi.stubEnv('ALL_PROXY', 'socks5://proxy.example')
    vi.stubEnv('NO_PROXY', 'localhost, .example.com 10.0.0.0/8,fd00::/8,*,host:8080')
    requireProxySettings()
  })
})

describe('through a proxy, the name and a literal address are judged, and nothing is asked of the proxy for', () => {
  test.each([
    'https://127.0.0.1/jwks',
    'https://10.0.0.5/jwks',
    'https://2130706433/jwks',
    'https://[::ffff:169.254.169.254]/jwks',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/jwks',
    'https://localhost./jwks',
    'https://metadata.google.internal/',
    'https://keys.corp.internal/',
    'http://issuer.example/jwks',
    'https://user:pw@issuer.example/',
    'file:///etc/passwd',
  ])('%s', async (href) => {
    vi.stubEnv('ALL_PROXY', proxy.url)
    expect(await get(href, { allowed: [] })).toMatchObject({ ok: false, reason: 'address-refused' })
    expect(proxy.asked).toEqual([])
  })

  test('a redirect', async () => {
    const server = await start()
    server.mode = 'redirect'
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    expect(await get(server.jwksUrl)).toMatchObject({ ok: false, reason: 'redirected' })
    expect(proxy.asked).toHaveLength(1)
  })
})

describe('a proxy that fails is told apart from the host', () => {
  test.each([
    [407, /asks for a sign-in \(status 407\)/],
    [403, /refuses it \(status 403\)/],
    [502, /could not connect to it \(status 502\)/],
    [504, /could not connect to it \(status 504\)/],
  ])('status %d', async (status, message) => {
    const server = await start()
    vi.stubEnv('HTTPS_PROXY', proxy.url)
    proxy.refuseWith = status
    const fetched = await get(server.jwksUrl)
    expect(fetched).toMatchObject({ ok: false, reason: 'unreachable', message: expect.stringMatching(message) })
    expect(JSON.stringify(fetched)).not.toContain(String(server.port))
    expect(server.requests).toEqual([])
  })

  test.each([
    ['that is not there', 'http://127.0.0.1:1', /does not answer\./],
    ['of another kind', 'socks5://127.0.0.1:1080', /of a kind that is not used/],
    ['that cannot be read', 'http://[', /of a kind that is not used/],
  ])('one %s', async (_, url, message) => {
    vi.stubEnv('HTTPS_PROXY', url)
    expect(await get('https://issuer.example/')).toMatchObject({ ok: false, message: expect.stringMatching(message) })
  })

  test('one that is no proxy, or never answers', async () => {
    const server = await start({})
    vi.stubEnv('HTTPS_PROXY', server.origin)
    expect(await get('https://issuer.example/', { deadlineMs: 2_000 })).toMatchObject({
      ok: false,
      reason: 'unreachable',
    })
    vi.stubEnv('HTTPS_PROXY', '')
    const silent = await start()
    vi.stubEnv('HTTPS_PROXY', silent.origin.replace('https:', 'http:'))
    expect(await get('https://issuer.example/', { deadlineMs: 200 })).toMatchObject({ ok: false })
  })
})
