import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Code } from '@connectrpc/connect'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { answerRpc } from './answer-rpc'
import { dispatchCall } from './dispatch-call'

let server: Server
let origin: string
beforeAll(async () => {
  server = createServer(
    (request, response) => void answerRpc(request, response).catch((error) => response.destroy(error)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const path = '/zitadel.admin.v1.AdminService/GetIDPByID'
const frame = (flags: number, length: number, data: number[] = []) =>
  Buffer.from([flags, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255, ...data])

type Sent = { type?: string; length?: number; headers?: Record<string, string>; path?: string }

/** Sends a request and leaves the connection open, as a client that waits for its answer does. */
async function ask(
  body: Uint8Array,
  { type = 'application/grpc-web', length, headers = {}, path: at = path }: Sent = {},
) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const lines = Object.entries({
    host: 'keybound.example',
    'content-type': type,
    'content-length': String(length ?? body.length),
    ...headers,
  })
  socket.write(`POST ${at} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  socket.write(body)
  let answer = ''
  for await (const chunk of socket) {
    answer += chunk.toString('latin1')
    const [head = '', content] = answer.split(/\r\n\r\n(.*)/s)
    const size = /content-length: (\d+)/i.exec(head)?.[1]
    if (content !== undefined && (size ? content.length >= Number(size) : content.endsWith('0\r\n\r\n'))) break
  }
  socket.destroy()
  return answer
}

const statusIn = (answer: string) => Number(/grpc-status: (\d+)/.exec(answer)?.[1])

describe('malformed gRPC-web is answered at once, with a status', () => {
  test.each<[string, Uint8Array, Sent, Code]>([
    ['no message', Buffer.alloc(0), {}, Code.InvalidArgument],
    ['half a header', Buffer.from([0, 0]), {}, Code.InvalidArgument],
    ['a frame longer than the body', frame(0, 100, [1, 2]), {}, Code.InvalidArgument],
    ['a body longer than its frame, the rest of which never comes', frame(0, 0), { length: 100 }, Code.InvalidArgument],
    ['a frame shorter than the body', frame(0, 1, [10, 1, 65]), {}, Code.InvalidArgument],
    ['two frames', Buffer.concat([frame(0, 0), frame(0, 0)]), {}, Code.InvalidArgument],
    ['trailers only', frame(0x80, 0), {}, Code.InvalidArgument],
    ['trailers after the message', Buffer.concat([frame(0, 0), frame(0x80, 0)]), {}, Code.InvalidArgument],
    ['unknown flags', frame(0x42, 0), {}, Code.InvalidArgument],
    ['a compressed frame without an encoding', frame(1, 2, [1, 2]), {}, Code.InvalidArgument],
    ['an unknown encoding', frame(1, 2, [1, 2]), { headers: { 'grpc-encoding': 'br' } }, Code.Unimplemented],
    ['megabytes announced by the frame', frame(0, 0x7fffffff, [1]), {}, Code.ResourceExhausted],
    ['megabytes announced by the request', frame(0, 5), { length: 50_000_000 }, Code.ResourceExhausted],
    ['megabytes sent', Buffer.concat([frame(0, 3_000_000), Buffer.alloc(3_000_000)]), {}, Code.ResourceExhausted],
    ['a message that cannot be decoded', frame(0, 2, [0xff, 0xff]), {}, Code.InvalidArgument],
    ['text that is not UTF-8', frame(0, 3, [10, 1, 0xff]), {}, Code.InvalidArgument],
    ['a wrong wire type', frame(0, 2, [8, 1]), {}, Code.InvalidArgument],
    [
      'groups in groups without end',
      Buffer.concat([frame(0, 500_000), Buffer.alloc(500_000, 0x0b)]),
      {},
      Code.InvalidArgument,
    ],
    ['a timeout that is none', frame(0, 0), { headers: { 'grpc-timeout': 'soon' } }, Code.InvalidArgument],
    ['JSON that is none', frame(0, 1, [123]), { type: 'application/grpc-web+json' }, Code.InvalidArgument],
    ['an unknown method', frame(0, 0), { path: '/zitadel.admin.v1.AdminService/Nothing' }, Code.Unimplemented],
    ['a method we do not serve', frame(0, 0), { path: '/zitadel.admin.v1.AdminService/ListOrgs' }, Code.Unimplemented],
    ['an unknown service', frame(0, 0), { path: '/zitadel.nothing.v9.Service/Get' }, Code.Unimplemented],
  ])('%s', async (_, body, sent, code) => {
    const answer = await ask(body, sent)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toMatch(/content-type: application\/grpc-web\+(proto|json)/i)
    expect(statusIn(answer), answer).toBe(code)
  })

  test('in text mode the answer is base64 too', async () => {
    const answer = await ask(Buffer.from('AAAAAAE='), { type: 'application/grpc-web-text' })
    expect(answer).toMatch(/content-type: application\/grpc-web-text\+proto/i)
    const [, content = ''] = answer.split(/\r\n\r\n/)
    const text = content.replace(/^[0-9a-f]+\r\n|\r\n0$/g, '').split('\r\n')[0] ?? ''
    expect(statusIn(Buffer.from(text, 'base64').toString('latin1'))).toBe(Code.InvalidArgument)
  })
})

describe('a Connect call is told in its own words', () => {
  test.each<[string, string, string, number, string]>([
    ['JSON that is none', '{', path, 400, 'invalid_argument'],
    ['a member twice', '{"id":"a","id":"b"}', path, 400, 'invalid_argument'],
    ['a member of a wrong type', '{"id":{}}', path, 400, 'invalid_argument'],
    ['no object', '[]', path, 400, 'invalid_argument'],
    ['too much', ' '.repeat(1_100_000), path, 429, 'resource_exhausted'],
    ['an unknown method', '{}', '/zitadel.admin.v1.AdminService/Nothing', 501, 'unimplemented'],
    ['an unknown service', '{}', '/zitadel.nothing.v9.Service/Get', 501, 'unimplemented'],
  ])('%s', async (_, body, at, status, code) => {
    const answer = await fetch(`${origin}${at}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(await answer.json()).toMatchObject({ code, message: expect.stringMatching(/.{10}/) })
    expect(answer.status).toBe(status)
  })
})

describe('a request that is no call is answered in JSON, with the vendor’s error', () => {
  test.each<[string, RequestInit, string, number, number]>([
    ['a GET', {}, path, 405, 12],
    ['a PUT', { method: 'PUT', body: '{}' }, path, 405, 12],
    ['a POST of a form', { method: 'POST', body: new URLSearchParams({ id: 'x' }) }, path, 415, 3],
    ['a POST of nothing', { method: 'POST' }, path, 415, 3],
    [
      'gRPC itself, which needs HTTP/2',
      { method: 'POST', body: frame(0, 0), headers: { 'content-type': 'application/grpc' } },
      path,
      415,
      3,
    ],
    ['a GET of what is not there', {}, '/zitadel.admin.v1.AdminService/Nothing', 404, 5],
    ['a GET of no method', {}, '/zitadel.admin.v1.AdminService', 404, 5],
  ])('%s', async (_, init, at, status, code) => {
    const answer = await fetch(`${origin}${at}`, init)
    expect(await answer.json()).toEqual({ code, message: expect.any(String), details: [] })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('allow')).toBe(status === 405 ? 'POST' : null)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

test('calls are told from the rest by their path', async () => {
  const target = (path: string) => ({ path, search: '', steps: [], host: null })
  const ask = (path: string) => {
    const response = { writeHead: vi.fn(), end: vi.fn() }
    const request = { method: 'GET', headers: {}, resume: vi.fn() }
    return dispatchCall(request as unknown as IncomingMessage, response as unknown as ServerResponse, target(path))
  }
  expect(await ask(path)).toBe(true)
  expect(await ask('/zitadel.nothing.v9.Service/Get')).toBe(true)
  expect(await ask('/zitadel')).toBe(false)
  expect(await ask('/api/zitadel.admin')).toBe(false)
})
