import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { eventually } from './eventually'
import { attached, credentials, type Installation, install, issueToken, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
const issuer = createIssuer()
beforeAll(async () => {
  here = await install({ METRICS_TOKEN: 'a token for metrics, kept secret' }, { own: true })
})
afterAll(() => here.stop())

type Line = Record<string, unknown>
const lines = (): Line[] =>
  here.keybound
    .logs()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
/** The one line of a request, which is written a moment after its answer. */
async function lineOf(answer: Answer): Promise<Line | undefined> {
  const id = answer.headers.get('x-request-id')
  const ofIt = async () => lines().filter(({ reqId, msg }) => msg === 'request' && reqId === id)
  const found = await eventually(ofIt, ({ length }) => length > 0)
  expect(found).toHaveLength(1)
  return found[0]
}

test('every line is a JSON object with level and time, including the first one and those of the framework', async () => {
  await lineOf(await here.anonymous.get('/sign-in'))
  expect(lines()[0]).toMatchObject({
    level: 30,
    time: expect.any(Number),
    msg: expect.stringMatching(/^Keybound is ready at/),
  })
  expect(
    lines().filter(({ level, time, msg }) => typeof level !== 'number' || typeof time !== 'number' || !msg),
  ).toEqual([])
})

test('a login is one line, by whose id its decision is found', async () => {
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const answer = await login(here.anonymous, id, issuer.token())
  expect(await lineOf(answer)).toMatchObject({
    ...{ level: 30, method: 'POST', route: '/api/v1/auth/jwt-auth/login', status: 200, ip: '127.0.0.1' },
    ms: expect.any(Number),
  })
  const decision = await here.admin.get(`/api/admin/decisions/${answer.headers.get('x-request-id')}`)
  expect(decision.body.accepted).toBe(true)
})

test('no token, secret or password of any request or answer is logged, whatever its outcome', async () => {
  const secrets = new Map<string, string>([['password', credentials.password]])
  const remember = (name: string, secret: string) => {
    secrets.set(name, secret)
    return secret
  }
  const { anonymous, admin } = here
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const good = remember('accepted JWT', issuer.token())
  const bad = remember('refused JWT', createIssuer().token())
  const issued = remember('issued token', (await login(anonymous, id, good)).body.accessToken)
  await login(anonymous, id, bad)
  await login(anonymous, id, remember('no JWT at all', 'hunter2-no-token-at-all'))
  await login(anonymous, `${id}${bad}`, good)
  await anonymous.post('/api/v1/auth/jwt-auth/login', undefined, { raw: `{"identityId":"${id}","jwt":"${good}` })
  await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: { token: good } })
  await anonymous.post(`/api/v1/auth/jwt-auth/login?jwt=${good}`, { identityId: id })

  const holder = anonymous.as(bearer(issued))
  await holder.get('/api/v1/identities')
  await anonymous.post('/api/v1/auth/token/renew', { accessToken: issued })
  await anonymous.as(bearer(bad)).get('/api/v1/identities')
  await anonymous
    .as({ authorization: `Basic ${btoa(`${id}:${issued}`)}` })
    .post('/api/v1/auth/token/introspect', { token: good })
  remember('basic credentials', btoa(`${id}:${issued}`))
  for (const path of [
    '/api/v1/',
    '/oauth/',
    '/api/admin/decisions/',
    '/activity/',
    '/nowhere/',
    '/zitadel.user.v2.UserService/',
  ]) {
    await holder.get(`${path}${good}`)
    await anonymous.post(`${path}${issued}?token=${bad}`, { token: bad })
  }

  const signIn = { email: credentials.email, password: credentials.password }
  const signedIn = await anonymous.post('/api/admin/session', signIn)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ')
  remember('session cookie', cookie.split('=')[1] ?? '')
  const wrong = remember('wrong password', 'correct horse battery stapler')
  await anonymous.post('/api/admin/session', { ...signIn, password: wrong })
  const browser = anonymous.as({ cookie, 'sec-fetch-site': 'same-origin' })
  await browser.get('/api/admin/session')
  const changed = remember('new password', 'another horse, another battery')
  const change = { currentPassword: credentials.password, newPassword: changed }
  expect((await browser.put('/api/admin/session/password', change)).status).toBe(204)
  const tokenAuth = remember('token of Token Auth', await issueToken(admin, await here.identity()))
  await anonymous.as(bearer(tokenAuth)).delete('/api/admin/session')
  await anonymous.as(bearer(remember('metrics token', 'a token for metrics, kept secret'))).get('/metrics')
  const last = await anonymous.get('/api/v1/identities')
  await lineOf(last)

  const logs = here.keybound.logs()
  for (const [name, secret] of secrets) {
    expect(secret.length, name).toBeGreaterThan(20)
    for (const part of [secret, ...secret.split('.').filter((one) => one.length > 20)]) {
      expect(logs.includes(part) || logs.includes(encodeURIComponent(part)), name).toBe(false)
    }
  }
  // Each of them has left its line all the same.
  expect(lines().filter(({ msg }) => msg === 'request').length).toBeGreaterThan(25)
})

test('probes are not logged at this level', async () => {
  const before = lines().length
  await here.anonymous.get('/api/status')
  await lineOf(await here.anonymous.get('/api/v1/identities'))
  expect(
    lines()
      .slice(before)
      .map(({ route }) => route),
  ).not.toContain('/api/status')
})
