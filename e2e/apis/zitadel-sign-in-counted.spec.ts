import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser } from '../peers/browser'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { bearer } from './client'
import { eventually } from './eventually'
import { type Installation, install, metricsToken } from './installation'
import { createIssuer, type Issuer } from './issuer'

let here: Installation
let keys: JwksServer
let key: SigningKey
let issuer: Issuer
let providerId: string
/** What other files have counted on this server. */
let before = ''

beforeAll(async () => {
  here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8', METRICS_TOKEN: metricsToken })
  before = await metrics()
  keys = await startJwksServer()
  key = keys.rotate()
  issuer = signerOf(key)
  const { status, text, body } = await here.admin.post('/admin/v1/idps/generic_jwt', {
    name: 'Gateway',
    issuer: keys.origin,
    jwtEndpoint: 'http://127.0.0.1:9/auth/jwt',
    keysEndpoint: keys.jwksUrl,
    headerName: 'x-auth-token',
    providerOptions: { isCreationAllowed: true, isAutoCreation: true },
  })
  expect(status, text).toBe(200)
  providerId = body.id
})
afterAll(async () => {
  await here.stop()
  await keys.stop()
})

const signerOf = ({ privateKey }: SigningKey) =>
  createIssuer('ES256', { privateKey, publicKey: createIssuer().publicKey })
const token = (claims: Record<string, unknown> = {}, kid = key.kid) =>
  issuer.token({ iss: keys.origin, sub: 'grace', ...claims }, { kid })
const url = (path: string) => `${here.keybound.baseUrl}${path}`

/** The state a browser would bring to the gateway. */
async function begun(): Promise<string> {
  const response = await createBrowser().fetch(url(`/idps/start/${providerId}`))
  return new URL(response.headers.get('location') ?? '').search
}
async function bring(headers: Record<string, string>, state?: string) {
  const response = await fetch(url(`/idps/jwt${state ?? (await begun())}`), { redirect: 'manual', headers })
  await response.body?.cancel()
  return response.status
}

async function metrics(): Promise<string> {
  const { status, text } = await here.anonymous.get('/metrics', { headers: bearer(metricsToken) })
  expect(status, text).toBe(200)
  return text
}
/** By how much every number of a name has grown in this file, by its labels; those that have not are left out. */
async function numbersOf(name: string): Promise<Record<string, number>> {
  const numbers = (text: string) => {
    const lines = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\d+)$`, 'gm'))
    return Object.fromEntries([...lines].map(([, labels = '', value]) => [labels, Number(value)]))
  }
  const earlier = numbers(before)
  const grown = Object.entries(numbers(await metrics())).map(([labels, value]) => [
    labels,
    value - (earlier[labels] ?? 0),
  ])
  return Object.fromEntries(grown.filter(([, growth]) => growth !== 0))
}
const counted = (result: string, reason: string) => `method="sign-in",result="${result}",reason="${reason}"`
const sourceKey = async (kid: string) => {
  const { body } = await here.admin.get('/api/admin/key-sources')
  const { id } = body.sources.find((source: { url: string }) => source.url === keys.jwksUrl)
  const detail = await here.admin.get(`/api/admin/key-sources/${id}`)
  return detail.body.keys.find((one: { kid: string }) => one.kid === kid)
}

test('nothing is counted before a sign-in', async () => {
  await begun()
  expect(await numbersOf('keybound_logins_total')).toEqual({})
})

test('sign-ins are counted by result and reason, each once', async () => {
  expect(await bring({ 'x-auth-token': token() })).toBe(302)
  expect(await bring({ 'x-auth-token': token() })).toBe(302)
  expect(await bring({ 'x-auth-token': token({ iss: 'https://another.example' }) })).toBe(302)
  expect(await bring({ 'x-auth-token': 'nonsense' })).toBe(302)
  expect(await bring({})).toBe(302)
  expect(await bring({ 'x-auth-token': token() }, '?authRequestID=x&userAgentID=y')).toBe(400)

  expect(await numbersOf('keybound_logins_total')).toEqual({
    [counted('accepted', '')]: 2,
    [counted('refused', 'issuer_mismatch')]: 1,
    [counted('refused', 'token_malformed')]: 1,
    [counted('refused', 'token_header_missing')]: 1,
    [counted('error', 'malformed')]: 1,
  })
  expect(await numbersOf('keybound_login_duration_seconds_count')).toEqual({
    'method="sign-in",result="accepted"': 2,
    'method="sign-in",result="refused"': 3,
    'method="sign-in",result="error"': 1,
  })
  // A token that never was is not judged.
  expect(await numbersOf('keybound_verification_duration_seconds_count')).toEqual({ '': 4 })
})

test('a person refused after their token was accepted is counted as refused', async () => {
  const closed = await here.admin.post('/admin/v1/idps/generic_jwt', {
    name: 'Closed',
    issuer: keys.origin,
    jwtEndpoint: 'http://127.0.0.1:9/auth/jwt',
    keysEndpoint: keys.jwksUrl,
    headerName: 'x-auth-token',
  })
  expect(closed.status, closed.text).toBe(200)
  const response = await createBrowser().fetch(url(`/idps/start/${closed.body.id}`))
  const state = new URL(response.headers.get('location') ?? '').search
  expect(await bring({ 'x-auth-token': token({ sub: 'unknown here' }) }, state)).toBe(302)
  expect(await numbersOf('keybound_logins_total')).toMatchObject({
    [counted('accepted', '')]: 2,
    [counted('refused', 'user_unknown')]: 1,
  })
})

test('the key that verified a sign-in was used, and one withdrawn is missed when its tokens still come', async () => {
  const used = await eventually(
    () => sourceKey(key.kid),
    (found) => found?.lastUsedAt != null,
  )
  expect(used).toMatchObject({ removedAt: null, lastUsedAt: expect.any(String), lastMissedAt: null })

  const old = token()
  const before = key
  key = keys.rotate()
  issuer = signerOf(key)
  expect(await bring({ 'x-auth-token': token() })).toBe(302)
  expect(await bring({ 'x-auth-token': old })).toBe(302)
  const missed = await eventually(
    () => sourceKey(before.kid),
    (found) => found?.lastMissedAt != null,
  )
  expect(missed.lastMissedAt).toEqual(expect.any(String))
  const fresh = await eventually(
    () => sourceKey(key.kid),
    (found) => found?.lastUsedAt != null,
  )
  expect(fresh).toMatchObject({ removedAt: null, lastUsedAt: expect.any(String) })
  expect(await numbersOf('keybound_logins_total')).toMatchObject({ [counted('refused', 'key_not_found')]: 1 })
})
