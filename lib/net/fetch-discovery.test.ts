import { expect, test } from 'vitest'
import { keyServers } from '@/e2e/fixtures/key-servers'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { parseAllowedOrigins } from './allow-list'
import { discoveryUrl, fetchKeySet } from './fetch-keys'
import { createGuard } from './guarded-fetch'

const { authority: ca, start } = keyServers()

const guard = createGuard({ allowed: parseAllowedOrigins('127.0.0.1/32') })
const now = () => 1_700_000_000_500
const fetchFrom = (kind: RemoteKeySource['kind'], url: string, deadlineMs?: number) =>
  fetchKeySet({ kind, url, caCert: ca.cert }, { guard, now, monotonic: now, ...(deadlineMs && { deadlineMs }) })

test('discovery leads to the keys, with or without the well-known suffix', async () => {
  const server = await start()
  server.rotate({ kid: 'a' })
  for (const url of [server.origin, `${server.origin}/`, `${server.origin}/.well-known/openid-configuration`]) {
    expect(await fetchFrom('oidc-discovery', url)).toMatchObject({
      keySet: { status: 'ok', issuer: server.origin, keys: [{ kid: 'a' }] },
      discovery: { issuer: server.origin, jwksUri: server.jwksUrl, algorithms: ['RS256', 'ES256'] },
      tls: { subject: 'CN=localhost' },
    })
  }
  expect(server.requests.map(({ path }) => path)).toEqual(
    Array(3).fill(['/.well-known/openid-configuration', '/jwks.json']).flat(),
  )
})

// OpenID Connect Discovery 1.0 §4.1: the suffix comes after the issuer's path, its last slash removed.
test.each([
  ['https://issuer.example', 'https://issuer.example/.well-known/openid-configuration'],
  ['https://issuer.example/tenant/', 'https://issuer.example/tenant/.well-known/openid-configuration'],
  ['https://issuer.example/tenant?p=1', 'https://issuer.example/tenant/.well-known/openid-configuration?p=1'],
  [
    'https://issuer.example/.well-known/openid-configuration',
    'https://issuer.example/.well-known/openid-configuration',
  ],
  [
    'https://issuer.example/.well-known/openid-configuration/',
    'https://issuer.example/.well-known/openid-configuration/',
  ],
])('the discovery document of %s is at %s', (url, expected) => {
  expect(discoveryUrl(url)).toBe(expected)
})

test('the jwks_uri of a discovery document passes the same guard', async () => {
  const server = await start()
  for (const jwksUri of [
    'http://169.254.169.254/keys',
    'https://[::1]/keys',
    'https://user:pw@127.0.0.1/',
    'file:///etc/passwd',
  ]) {
    server.discovery = { jwks_uri: jwksUri }
    expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({
      keySet: { status: 'unavailable', reason: 'address-refused', fix: expect.stringContaining('jwks_uri') },
      discovery: { jwksUri },
    })
  }
  const stranger = await start({ tls: createAuthority('Other').issue() })
  server.discovery = { jwks_uri: stranger.jwksUrl }
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({ keySet: { reason: 'tls-untrusted' } })
})

test.each([
  ['issuer', [{ issuer: undefined }, { issuer: '' }, { issuer: 7 }, { issuer: ['a'] }]],
  ['jwks_uri', [{ jwks_uri: undefined }, { jwks_uri: null }, { jwks_uri: '/jwks.json' }, { jwks_uri: {} }]],
])('a discovery document without a usable %s gives no keys', async (member, variants) => {
  const server = await start()
  for (const variant of variants) {
    server.discovery = variant
    expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({
      keySet: { status: 'unavailable', reason: 'not-a-key-set', message: expect.stringContaining(member) },
    })
  }
})

test('algorithms of a discovery document that are no strings are left out', async () => {
  const server = await start()
  server.discovery = { id_token_signing_alg_values_supported: ['ES256', 1, null] }
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({ discovery: { algorithms: ['ES256'] } })
  server.discovery = { id_token_signing_alg_values_supported: 'ES256' }
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({ discovery: { algorithms: [] } })
})

test('a discovery document that was read names its issuer although its keys cannot be had', async () => {
  const server = await start()
  server.discovery = { issuer: 'https://another.example', jwks_uri: 'https://127.0.0.1:1/jwks' }
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({
    keySet: { status: 'unavailable', reason: 'unreachable', issuer: 'https://another.example' },
  })
})

test('one deadline holds for both documents of a discovery', async () => {
  const server = await start()
  server.mode = 'drip'
  expect(await fetchFrom('oidc-discovery', server.origin, 100)).toMatchObject({ keySet: { reason: 'timed-out' } })
})

test('both documents of a discovery are fetched with the same signal, which aborts them at the deadline', async () => {
  const server = await start()
  server.rotate({ kid: 'a' })
  const signals: unknown[] = []
  const watched: typeof guard = (href, options) => {
    signals.push(options?.signal)
    return guard(href, options)
  }
  const source = { kind: 'oidc-discovery' as const, url: server.origin, caCert: ca.cert }
  expect(await fetchKeySet(source, { guard: watched, now })).toMatchObject({ keySet: { status: 'ok' } })
  expect(signals).toEqual([expect.any(AbortSignal), signals[0]])
  expect(signals[1]).toBe(signals[0])
})

test('the certificates of a discovery host that is not the host of the keys are told as well', async () => {
  const [documents, keys] = [await start(), await start()]
  keys.rotate({ kid: 'a' })
  documents.discovery = { jwks_uri: keys.jwksUrl }
  const { tls } = await fetchFrom('oidc-discovery', documents.origin)
  const alone = (await fetchFrom('jwks-url', keys.jwksUrl)).tls
  const other = (await fetchFrom('jwks-url', documents.jwksUrl)).tls
  expect(tls).toMatchObject({ fingerprint: alone?.fingerprint })
  const shown = new Set(tls?.chain.map(({ fingerprint }) => fingerprint))
  for (const one of [alone, other]) for (const { fingerprint } of one?.chain ?? []) expect(shown).toContain(fingerprint)
  expect(shown.size).toBe(3)
})
