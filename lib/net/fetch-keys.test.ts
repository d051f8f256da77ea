import { describe, expect, test } from 'vitest'
import { keyServers } from '@/e2e/fixtures/key-servers'
import type { JwksServerMode } from '@/e2e/peers/jwks-server'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { parseAllowedOrigins } from './allow-list'
import { fetchKeySet } from './fetch-keys'
import { createGuard } from './guarded-fetch'

const { authority: ca, start } = keyServers()

const guard = createGuard({ allowed: parseAllowedOrigins('127.0.0.1/32') })
const now = () => 1_700_000_000_500
const fetchFrom = (kind: RemoteKeySource['kind'], url: string, deadlineMs?: number) =>
  fetchKeySet({ kind, url, caCert: ca.cert }, { guard, now, monotonic: now, ...(deadlineMs && { deadlineMs }) })

test('a JWKS URL gives its keys unchanged, when they were fetched and how long they may be cached', async () => {
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

test('a hundred keys are read, one more is too many', async () => {
  const server = await start()
  const { jwk } = server.rotate()
  server.keys = Array.from({ length: 100 }, (_, index) => ({ ...jwk, kid: String(index) }))
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({ keySet: { status: 'ok' } })
  server.keys.push({ kid: '100' })
  expect(await fetchFrom('jwks-url', server.jwksUrl)).toMatchObject({ keySet: { reason: 'not-a-key-set' } })
})

test('nothing of a foreign document is repeated to the caller', async () => {
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

test('a URL that is none is an answer, not an error', async () => {
  for (const kind of ['jwks-url', 'oidc-discovery'] as const) {
    expect(await fetchFrom(kind, 'not a url')).toMatchObject({
      keySet: { status: 'unavailable', reason: 'address-refused' },
    })
  }
})
