import { afterEach, describe, expect, test } from 'vitest'
import { type JwksServer, type JwksServerMode, startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { parseAllowedOrigins } from './allow-list'
import { discoveryUrl, fetchKeySet } from './fetch-keys'
import { createGuard } from './guarded-fetch'

const ca = createAuthority()
const running: JwksServer[] = []

async function start(tls = ca.issue()): Promise<JwksServer> {
  const server = await startJwksServer({ tls })
  running.push(server)
  return server
}

afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())))

const guard = createGuard({ allowed: parseAllowedOrigins('127.0.0.1/32') })
const now = () => 1_700_000_000_500
const fetchFrom = (kind: RemoteKeySource['kind'], url: string, deadlineMs?: number) =>
  fetchKeySet({ kind, url, caCert: ca.cert }, { guard, now, monotonic: now, ...(deadlineMs && { deadlineMs }) })

test('a JWKS URL gives its keys as they stand, when they came and how long they last', async () => {
  const server = await start()
  server.headers = { 'cache-control': 'max-age=900' }
  server.rotate({ alg: 'RS256', kid: 'a' })
  server.rotate({ alg: 'ES256', kid: 'b', keepOld: true })
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({
    keySet: { status: 'ok', keys: server.keys, fetchedAt: 1_700_000_000, stale: null },
    cacheSeconds: 900,
    latencyMs: 0,
    tls: { subject: 'CN=localhost' },
  })
})

test('integers beyond 2^53 in a key stay exact', async () => {
  const server = await start()
  const { jwk } = server.rotate()
  server.rawBody = JSON.stringify({ keys: [jwk] }).replace('"kty"', '"x-serial":18446744073709551615,"kty"')
  const { keySet } = await fetchFrom('jwks-url', server.jwksUrl)
  expect(keySet).toMatchObject({ status: 'ok', keys: [{ 'x-serial': 18446744073709551615n }] })
})

test('an empty set is a failed fetch', async () => {
  const server = await start()
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({
    keySet: { status: 'unavailable', reason: 'no-usable-key', message: expect.stringContaining('empty'), keys: [] },
    cacheSeconds: 0,
  })
})

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
  const stranger = await start(createAuthority('Other').issue())
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

const badAnswers: [JwksServerMode, string, string][] = [
  ['bad-json', 'not-json', 'not valid JSON'],
  ['not-utf-8', 'not-json', 'not UTF-8'],
  ['duplicate-members', 'not-json', 'the same member twice'],
  ['empty', 'not-json', 'is empty'],
  ['array', 'not-json', 'not an object'],
  ['no-keys', 'not-a-key-set', 'no array `keys`'],
  ['redirect', 'redirected', 'not followed'],
  ['huge', 'too-large', '512 KiB'],
  ['endless', 'too-large', '512 KiB'],
  ['status-500', 'http-status', '500'],
]
test.each(badAnswers)('a key set that is %s is unavailable as %s', async (mode, reason, says) => {
  const server = await start()
  server.mode = mode
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({
    keySet: { status: 'unavailable', reason, message: expect.stringContaining(says), fix: expect.any(String) },
    cacheSeconds: 0,
  })
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({
    keySet: { status: 'unavailable', reason },
    discovery: undefined,
  })
})

test('a set whose entries are no keys names them to the owner alone', async () => {
  const server = await start()
  server.mode = 'keys-not-objects'
  const { keySet } = await fetchFrom('jwks-url', server.jwksUrl)
  expect(keySet).toMatchObject({
    status: 'unavailable',
    reason: 'no-usable-key',
    fix: expect.stringContaining('Entry 1 is text, not an object.'),
    ignored: [{ entry: 1, problem: 'is text, not an object' }],
  })
})

test('beside a good key, an entry that is none is named and spoils nothing', async () => {
  const server = await start()
  const { jwk } = server.rotate()
  server.rawBody = JSON.stringify({ keys: [jwk, null] })
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({
    keySet: { status: 'ok', keys: [jwk], ignored: [{ entry: 2, problem: 'is null, not an object' }] },
  })
})

describe('a failure names the URL that was asked, to the owner', () => {
  const fixOf = async (kind: RemoteKeySource['kind'], url: string) => {
    const { keySet } = await fetchFrom(kind, url)
    if (keySet.status === 'ok') throw new Error('It was fetched.')
    expect(keySet.message).not.toMatch(/127\.0\.0\.1|well-known/)
    return keySet.fix
  }

  test('and what was appended to the one given', async () => {
    const server = await start()
    const suffix = '/.well-known/openid-configuration'
    server.mode = 'status-500'
    expect(await fixOf('jwks-url', server.jwksUrl)).toContain(`Asked: ${server.jwksUrl}.`)
    const appended = `Asked: ${server.origin}/x${suffix} (the URL given, with ${suffix} appended).`
    expect(await fixOf('oidc-discovery', `${server.origin}/x`)).toContain(appended)
    expect(await fixOf('oidc-discovery', `${server.origin}${suffix}`)).toContain(`Asked: ${server.origin}${suffix}.`)
  })

  test('or the jwks_uri, and which document named it', async () => {
    const server = await start()
    server.discovery = { jwks_uri: `${server.origin}/nowhere` }
    expect(await fixOf('oidc-discovery', server.origin)).toContain(
      `Asked: ${server.origin}/nowhere (the jwks_uri of the discovery document at ${server.origin}/.well-known/openid-configuration).`,
    )
  })

  test('a JWKS URL given as discovery URL is identified although the address made of it is not there', async () => {
    const server = await start()
    server.rotate()
    expect(await fixOf('oidc-discovery', server.jwksUrl)).toMatch(
      /^The URL as it was given answers with a JSON Web Key Set \(JWKS\)\. Choose JWKS URL as the kind/,
    )
  })

  test('a discovery URL given as JWKS URL is identified', async () => {
    const server = await start()
    const fix = await fixOf('jwks-url', `${server.origin}/.well-known/openid-configuration`)
    expect(fix).toContain(
      `Choose OIDC discovery as the kind of this key source, with its issuer as the URL: ${server.origin}`,
    )
    expect(fix).toContain(`give its jwks_uri: ${server.jwksUrl}`)
  })

  test('a placeholder that was left in the URL is pointed out', async () => {
    const server = await start()
    expect(await fixOf('oidc-discovery', `${server.origin}/{tenant}/v2.0`)).toMatch(
      /^The URL holds the placeholder \{tenant\}/,
    )
  })
})

test('a discovery document that was read names its issuer although its keys cannot be had', async () => {
  const server = await start()
  server.discovery = { issuer: 'https://another.example', jwks_uri: 'https://127.0.0.1:1/jwks' }
  expect(await fetchFrom('oidc-discovery', server.origin)).toMatchObject({
    keySet: { status: 'unavailable', reason: 'unreachable', issuer: 'https://another.example' },
  })
})

test('a hundred keys are read, one more is too many', async () => {
  const server = await start()
  const { jwk } = server.rotate()
  server.keys = Array.from({ length: 100 }, (_, index) => ({ ...jwk, kid: String(index) }))
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({ keySet: { status: 'ok' } })
  server.keys.push({ kid: '100' })
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({ keySet: { reason: 'not-a-key-set' } })
})

test('nothing of a foreign document is repeated to whoever asked', async () => {
  const server = await start()
  for (const rawBody of [
    '{"hunter2":1,"hunter2":1}',
    '{"hunter2":',
    '"hunter2"',
    '{"keys":["hunter2"]}',
    '{"keys":{"hunter2":1}}',
  ]) {
    server.rawBody = rawBody
    const { keySet } = await fetchFrom('jwks-url', server.jwksUrl)
    expect(keySet.status).toBe('unavailable')
    expect(JSON.stringify(keySet)).not.toContain('hunter2')
  }
})

test('a member named __proto__ is only a member', async () => {
  const server = await start()
  const { jwk } = server.rotate()
  const key = JSON.stringify({ ...jwk, kid: undefined }).replace('{', '{"__proto__":{"kid":"a"},')
  server.rawBody = `{"keys":[${key}],"__proto__":{"keys":[]}}`
  const { keySet } = await fetchFrom('jwks-url', server.jwksUrl)
  expect(keySet).toMatchObject({ status: 'ok' })
  expect(keySet.status === 'ok' && keySet.keys[0]?.kid).toBeUndefined()
})

test('one deadline holds for both documents of a discovery', async () => {
  const server = await start()
  server.mode = 'drip'
  expect(await fetchFrom('oidc-discovery', server.origin, 100)).toMatchObject({ keySet: { reason: 'timed-out' } })
})

test('a URL that is none is an answer, not an error', async () => {
  for (const kind of ['jwks-url', 'oidc-discovery'] as const) {
    expect(await fetchFrom(kind, 'not a url')).toMatchObject({
      keySet: { status: 'unavailable', reason: 'address-refused' },
    })
  }
})

test('one deadline holds for both documents of a discovery', async () => {
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
