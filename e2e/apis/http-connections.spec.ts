import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Keybound, startKeybound } from '../fixtures/keybound'
import { exchange } from './raw-http'

let keybound: Keybound
beforeAll(async () => {
  keybound = await startKeybound()
})
afterAll(() => keybound.stop())

const ask = (sent: string, more?: { answers: number }) => exchange(keybound.baseUrl, sent, more)
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
const message = (line: string, headers = '', body = '') =>
  `${line} HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n${body}`

describe('an offer of HTTP/2 is ignored (RFC 9110 §7.8)', () => {
  const h2c = 'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\n'

  test.each(['/api/status', '/sign-in'])('GET %s', async (path) => {
    // Pages too, for Next listens for upgrades once it has rendered one.
    const answer = await ask(message(`GET ${path}`, `${h2c}accept-encoding: identity\r\n`))
    expect(statusOf(answer)).toBe(200)
  })

  test('POST with a body, which the operation reads', async () => {
    const body = JSON.stringify({ identityId: 'a', jwt: 'b' })
    const headers = `${h2c}content-type: application/json\r\ncontent-length: ${body.length}\r\n`
    const answer = await ask(message('POST /api/v1/auth/jwt-auth/login', headers, body))
    expect(statusOf(answer)).toBe(404)
    expect(answer).toContain('method_not_configured')
  })
})

describe('a request in the spelling of clients in other languages', () => {
  const login = 'POST /api/v1/auth/jwt-auth/login'
  const body = JSON.stringify({ identityId: 'a', jwt: 'b' })
  const json = 'content-type: application/json; charset=UTF-8\r\n'
  /** Nothing is set up: a login whose body was read is answered that there is no such identity. */
  const expectRead = (answer: string) => expect(answer).toContain('method_not_configured')

  test('a body that waits for 100 Continue is asked for, and read (RFC 9110 §10.1.1)', async () => {
    const { hostname, port } = new URL(keybound.baseUrl)
    const socket = connect(Number(port), hostname)
    socket.write(
      message(login, `${json}expect: 100-continue\r\ncontent-length: ${body.length}\r\nconnection: close\r\n`),
    )
    let text = ''
    for await (const chunk of socket) {
      if (text === '') socket.write(body)
      text += chunk
    }
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 404 /)
    expectRead(text)
  })

  test('a body in chunks, of any size, is read', async () => {
    const chunks = [...body].map((character) => `1\r\n${character}\r\n`).join('')
    expectRead(await ask(message(login, `${json}transfer-encoding: chunked\r\n`, `${chunks}0\r\n\r\n`)))
  })

  test('a body with both kinds of length is refused (RFC 9112 §6.1)', async () => {
    const both = `${json}transfer-encoding: chunked\r\ncontent-length: 4\r\n`
    expect(statusOf(await ask(message(login, both, '0\r\n\r\n')))).toBe(400)
  })

  test('HEAD is answered as GET, without a body', async () => {
    for (const path of ['/api/status', '/.well-known/jwks.json', '/.well-known/openid-configuration']) {
      const [head = '', ...rest] = (await ask(message(`HEAD ${path}`, 'connection: close\r\n'))).split('\r\n\r\n')
      expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(head).toMatch(/\r\ncontent-length: [1-9]\d+(?:\r\n|$)/i)
      expect(rest.join('')).toBe('')
    }
    expect(statusOf(await ask(message('HEAD /api/v1/auth/jwt-auth/login', 'connection: close\r\n')))).toBe(405)
  })

  test.each([
    ['an encoded letter', '/api/v1/%69dentities', 401],
    ['an id with encoded hyphens', '/api/v1/identities/6b1f2d6e%2D0f52%2D4c8e%2D9b8f%2D2a8c5f3a1d11', 401],
    ['a slash at the end', '/api/v1/identities/', 401],
    ['an encoded slash is part of a segment', '/api%2Fv1%2Fidentities', 404],
    ['two slashes in the middle', '/api//v1/identities', 404],
    ['two slashes at the beginning', '//api/v1/identities', 404],
    ['a step up', '/api/v1/x/../identities', 404],
  ])('%s: %s', async (_, path, status) => {
    expect(statusOf(await ask(message(`GET ${path}`, 'connection: close\r\n')))).toBe(status)
  })
})

test.each([
  ['absolute-form', 'GET http://other.example/api/status', 200],
  ['absolute-form of a page', 'GET http://other.example/nothing', 404],
  ['TRACE of a page', 'TRACE /sign-in', 405],
  ['TRACE of an operation', 'TRACE /api/v1/identities', 405],
  ['the server as a whole', 'OPTIONS *', 204],
  ['the server as a whole, by GET', 'GET *', 400],
  ['a path that cannot be read', 'GET /%E0', 400],
  ['two slashes', 'GET //evil.example/', 308],
])('%s is answered', async (_, line, status) => {
  expect(statusOf(await ask(message(line, 'connection: close\r\n')))).toBe(status)
})

test('a tunnel is refused', async () => {
  expect(statusOf(await ask('CONNECT other.example:443 HTTP/1.1\r\nhost: other.example:443\r\n\r\n'))).toBe(405)
})

test('a second Host is refused', async () => {
  expect(statusOf(await ask(message('GET /api/status', 'host: other.example\r\n')))).toBe(400)
})

test('garbage after a request does not prevent its answer', async () => {
  const answer = await ask(`${message('GET /api/status')}\0nonsense\r\n\r\n`, { answers: 2 })
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*"status":"ok"/)
})

test('pipelined requests are answered in their order', async () => {
  const answer = await ask(message('GET /api/nothing') + message('GET /api/status'), { answers: 2 })
  expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual(['404', '200'])
})

test('a body that is not a gRPC-web message is refused immediately', async () => {
  for (const body of ['', '\0\0\0\0\x05', '\0\0\0\0', 'nonsense', '\x80\0\0\0\0', '\0\x7f\xff\xff\xff']) {
    const answer = await fetch(`${keybound.baseUrl}/zitadel.admin.v1.AdminService/GetIDPByID`, {
      method: 'POST',
      headers: { 'content-type': 'application/grpc-web+proto' },
      body: Buffer.from(body, 'latin1'),
    })
    await answer.arrayBuffer()
    expect(answer.status).toBeLessThan(500)
  }
})

test('many idle connections do not keep others out', async () => {
  const { hostname, port } = new URL(keybound.baseUrl)
  const connected = new Set<Socket>()
  const silent = Array.from({ length: 1_500 }, () => {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined).once('connect', () => connected.add(socket))
    // What is not read is not seen to end.
    return socket.resume()
  })
  await Promise.all(silent.slice(1_400).map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
  expect(statusOf(await ask(message('GET /api/status')))).toBe(200)
  // On a slow machine the first of them are told 408 before there are too many; beyond the limit one is closed without a word.
  await expect.poll(() => silent.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(500)
  const dropped = [...connected].filter(({ closed, bytesRead }) => closed && bytesRead === 0)
  expect(dropped.length).toBeGreaterThan(0)
  for (const socket of silent) socket.destroy()
})
