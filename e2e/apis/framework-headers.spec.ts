import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer } from './client'
import { attached, type Installation, install, login, metricsToken } from './installation'
import { createIssuer } from './issuer'

const issuer = createIssuer()
let here: Installation
beforeAll(async () => {
  here = await install({ METRICS_TOKEN: metricsToken })
})
afterAll(() => here.stop())

/** Each by itself, for some switch others off. */
const steering: Record<string, string>[] = [
  { 'x-middleware-prefetch': '1' },
  { 'x-middleware-prefetch': '0' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-rewrite': '/api/status' },
  { 'x-nextjs-data': '1' },
  { 'x-invoke-path': '/api/status', 'x-invoke-output': '/api/status' },
  { 'x-matched-path': '/api/status' },
  { 'x-prerender-revalidate': '1' },
  { 'next-action': '00', 'content-type': 'application/json' },
  { 'next-resume': '1', 'x-next-resume-state-length': '1' },
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-state-tree': '%5B' },
]

test.each(steering)('%o cannot make an operation answer without running', async (headers) => {
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const { accessToken } = (await login(here.anonymous, id, issuer.token())).body

  expect((await here.anonymous.as(headers).get('/api/admin/trusts')).status).toBe(401)
  expect((await here.anonymous.as(headers).get('/metrics')).status).toBe(401)
  const forged = `${issuer.token().slice(0, -8)}AAAAAAAA`
  expect((await login(here.anonymous.as(headers), id, forged)).status).toBe(401)
  expect((await login(here.anonymous.as(headers), id, issuer.token())).body).toMatchObject({ tokenType: 'Bearer' })

  const revoked = await here.anonymous.as(headers).post('/api/v1/auth/token/revoke', { accessToken })
  expect(revoked.body).toEqual({ message: 'Successfully revoked access token' })
  expect((await here.anonymous.as(bearer(accessToken)).get('/api/v1/identities/details')).status).toBe(401)
})

test.each(steering)('%o changes no page', async (headers) => {
  const plain = await here.anonymous.get('/sign-in')
  const steered = await here.anonymous.as(headers).get('/sign-in')
  expect([steered.status, steered.headers.get('content-type')]).toEqual([200, plain.headers.get('content-type')])
  expect(steered.text.replace(/nonce="[^"]*"/g, '')).toContain('</html>')
})

test('requests of the router in the browser still work, but only with its own parameter', async () => {
  const { status, headers } = await here.anonymous.as({ rsc: '1' }).get('/sign-in?_rsc=wrong')
  expect([status, headers.get('location')]).toEqual([307, '/sign-in?_rsc'])
  expect((await here.anonymous.as({ rsc: '1' }).get('/sign-in?_rsc')).headers.get('content-type')).toBe(
    'text/x-component',
  )
})
