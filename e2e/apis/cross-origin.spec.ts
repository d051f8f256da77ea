import { afterAll, beforeAll, expect, test } from 'vitest'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

const issuer = createIssuer()
let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

/** As a browser asks on behalf of a page of another site. */
const fromOtherSite = () => here.anonymous.as({ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' })

test('a page of another site logs in and verifies offline', async () => {
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const answer = await login(fromOtherSite(), id, issuer.token())
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  const refused = await login(fromOtherSite(), id, 'no token')
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*'])
  const keys = await fromOtherSite().get('/.well-known/jwks.json')
  expect([keys.status, keys.headers.get('cross-origin-resource-policy')]).toEqual([200, 'cross-origin'])
})

test('a page of another site cannot sign people in, and cannot read an answer that depends on a cookie', async () => {
  const { email, password } = { email: 'ada@example.com', password: 'correct horse battery staple' }
  const answer = await fromOtherSite().post('/api/admin/session', { email, password })
  expect([answer.status, answer.body.reason]).toEqual([403, 'cross_site'])
  const read = await fromOtherSite().get('/api/admin/session')
  expect(read.headers.get('access-control-allow-origin')).toBeNull()
  const preflight = await here.anonymous
    .as({ origin: 'https://app.example', 'access-control-request-method': 'POST' })
    .call('OPTIONS', '/api/admin/session')
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, null])
})
