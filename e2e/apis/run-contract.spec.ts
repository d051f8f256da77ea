import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUnderTest, type Keybound, startKeybound } from '../fixtures/keybound'
import { createClient } from './client'
import { credentials } from './installation'
import { type Server, sharedServer } from './server'

let server: Server
let keybound: Keybound
beforeAll(async () => {
  server = await sharedServer({})
  keybound = server.keybound
})
afterAll(() => server.stop())

test('the status says that the server is ready and on which database', async () => {
  const answer = await fetch(`${keybound.baseUrl}/api/status`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    status: 'ok',
    message: 'Ok',
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    database: databaseUnderTest(),
    uptimeSeconds: expect.any(Number),
  })
})

test.each([
  ['an answer', 'GET', '/api/status'],
  ['a page', 'GET', '/sign-in'],
  ['a method that is not there', 'DELETE', '/api/v1/auth/jwt-auth/login'],
  ['a path that cannot be read', 'GET', '/%E0'],
  ['nothing', 'GET', '/api/admin/nothing'],
])('%s carries the security headers and does not name the software', async (_, method, path) => {
  const { headers } = await fetch(`${keybound.baseUrl}${path}`, { method })
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('permissions-policy')).toMatch(/camera=\(\)/)
  expect(headers.get('x-powered-by')).toBeNull()
  expect(headers.get('strict-transport-security')).toBeNull()
})

test('behind https, browsers are told to stay there, and the cookie is sent over https only; SIGTERM ends the server with 0', async () => {
  const other = await startKeybound({ env: { PUBLIC_URL: 'https://keybound.example.com' } })
  const { headers } = await fetch(`${other.baseUrl}/api/status`)
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/)

  const anonymous = createClient(other.baseUrl)
  const answer = await anonymous.post('/api/admin/setup', { ...credentials, organization: 'Acme' })
  expect(answer.status, answer.text).toBe(201)
  const lines = answer.headers.getSetCookie()
  for (const line of lines) {
    expect(line).toMatch(/^__Host-keybound\./)
    expect(line).toMatch(/; Secure/i)
    expect(line).toMatch(/; Path=\/(?:;|$)/i)
    expect(line).not.toMatch(/; Domain/i)
  }
  const cookie = lines.map((line) => line.split(';')[0]).join('; ')
  const session = async (sent: string) => (await anonymous.as({ cookie: sent }).get('/api/admin/session')).body.session
  expect(await session(cookie)).toMatchObject({ role: 'admin' })
  // A cookie that another host of the domain, or a page without TLS, could set opens nothing.
  expect(await session(cookie.replaceAll('__Host-', ''))).toBeNull()
  expect(await other.stop()).toBe(0)
})

const failedStart = async (env: Record<string, string>) => {
  const failure = await startKeybound({ env }).then(
    async (other) => `It started, and ended with ${await other.stop()}.`,
    (error: Error) => error.message,
  )
  const [first = '', ...printed] = failure.trim().split('\n')
  expect(first).toBe('The server ended with 1 before it was ready:')
  return printed
}

test.each([
  [{ PORT: 'eighty' }, 'PORT is "eighty"; set it to a whole number from 1 to 65535.'],
  [{ KEY_FETCH_ALLOWED_ORIGINS: 'somewhere' }, 'KEY_FETCH_ALLOWED_ORIGINS: "somewhere" is neither'],
  [{ DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x' }, 'PostgreSQL does not answer at 127.0.0.1:1;'],
  [{ DATABASE_URL: 'file:/dev/null/keybound.db' }, 'The folder /dev/null cannot be made'],
])('a start with %o ends with code 1 and one sentence', async (env, sentence) => {
  const printed = await failedStart(env)
  expect(printed).toHaveLength(1)
  expect(printed[0]).toContain(sentence)
})

test('a port in use ends the start with code 1 and one sentence', async () => {
  const { port } = new URL(keybound.baseUrl)
  expect(await failedStart({ PORT: port, HOST: '127.0.0.1' })).toContain(
    `Port ${port} on 127.0.0.1 is in use; set PORT to a free one or end the other process.`,
  )
})

test('a method that a path does not have is refused in the words of its API, with those it has', async () => {
  const ask = async (method: string, path: string) => {
    const answer = await fetch(`${keybound.baseUrl}${path}`, { method })
    return { status: answer.status, allow: answer.headers.get('allow'), body: await answer.json() }
  }
  // docs/apis/zitadel.md and nativeframe.md, "Errors"; the error body of Infisical's document.
  expect(await ask('PATCH', '/admin/v1/idps/1')).toMatchObject({
    status: 405,
    allow: 'DELETE, GET, PUT',
    body: { code: 12 },
  })
  expect(await ask('DELETE', '/auth/v1/tokens')).toMatchObject({
    status: 405,
    allow: 'POST',
    body: { invalidFields: [] },
  })
  expect(await ask('PUT', '/api/v1/auth/jwt-auth/login')).toMatchObject({
    status: 405,
    allow: 'POST',
    body: { statusCode: 405, error: 'MethodNotAllowed', reqId: expect.stringMatching(/^req-/) },
  })
})
