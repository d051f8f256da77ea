import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { dispatcher } from './dispatch'
import { endpoints, owners } from './endpoints'
import { listener } from './listener'
import { logRequest, maskedPath } from './request-log'

const lines = vi.hoisted(() => [] as [level: string, line: Record<string, unknown>][])
vi.mock('./log', () => {
  const at = (level: string) => (line: Record<string, unknown>) => void lines.push([level, line])
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
})

/** Every endpoint of the server, with an answer that names a request as the routes' answers do. */
const answering = endpoints().map((endpoint) => ({
  ...endpoint,
  handle: () => ({ status: 200, headers: { 'x-request-id': 'req-12345678901234' }, body: 'a secret answer' }),
}))
let serve: RequestListener = () => {}
const server = createServer((...call) => serve(...call))
const start = async (pages: RequestListener = (_, response) => void response.end('page')) => {
  serve = listener({
    dispatch: dispatcher(answering, owners()),
    pages: async (request, response) => pages(request, response),
    ...{ headers: [], trustedProxyHops: 0, isDevelopment: false, onRequest: logRequest },
  })
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
afterEach(() => void lines.splice(0))

async function ask(path: string, init: RequestInit = {}) {
  const port = await start()
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, init)
  await answer.text()
  await expect.poll(() => lines).toHaveLength(1)
  return { id: answer.headers.get('x-request-id'), level: lines[0]?.[0], line: lines[0]?.[1] }
}

test('a request to an operation is one line with the id of its answer, and its path as a template', async () => {
  const { id, level, line } = await ask('/api/v1/identities/5f3c3b1e-secret?token=hunter2')
  expect(id).toBe('req-12345678901234')
  expect([level, line]).toEqual([
    'info',
    {
      ...{ reqId: id, method: 'GET', route: '/api/v1/identities/{identityId}', status: 200 },
      ...{ ms: expect.any(Number), ip: '127.0.0.1' },
    },
  ])
})

test('a page and a path that there is not have an id, too, and no query', async () => {
  const page = await ask('/activity?cursor=hunter2')
  expect(page.line).toMatchObject({ reqId: page.id, path: '/activity', status: 200 })
  expect(page.id).toMatch(/^req-/)
  lines.splice(0)
  const missing = await ask('/api/v1/nothing/here', { method: 'POST', body: '{"password":"hunter2"}' })
  expect(missing.line).toMatchObject({ reqId: missing.id, method: 'POST', path: '/api/v1/nothing/here', status: 404 })
  expect(JSON.stringify(lines)).not.toContain('hunter2')
})

test('probes, metrics and files of pages are for debugging only', async () => {
  for (const path of ['/api/status', '/api/alive', '/metrics', '/_next/static/chunks/a.js']) {
    expect([path, (await ask(path)).level]).toEqual([path, 'debug'])
    lines.splice(0)
  }
})

test('a caller who goes away before the answer is one line that says so', async () => {
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const port = await start(() => asked())
  const call = request({ port, path: '/slow' }).on('error', () => {})
  call.end()
  await isAsked
  call.destroy()
  await expect.poll(() => lines).toHaveLength(1)
  expect(lines[0]?.[1]).toMatchObject({ path: '/slow', aborted: true })
})

test.each([
  ['/', '/'],
  ['/identities/8c7e6e4a-0d5b-4a7e-9a51-0b3a7f5f3f10', '/identities/8c7e6e4a-0d5b-4a7e-9a51-0b3a7f5f3f10'],
  ['/zitadel.idp.v2.IdentityProviderService/GetIDPByID', '/zitadel.idp.v2.IdentityProviderService/GetIDPByID'],
  ['/api/v1/login?jwt=eyJhbGciOi', '/api/v1/login'],
  ['/a/eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln/b', '/a/…/b'],
  [`/${'k'.repeat(25)}`, '/…'],
  ['/a\u0000b/\u001b[31m', '/…/…'],
  [`/a${'/b'.repeat(2_000)}`, `/a${'/b'.repeat(99)}`],
])('of %j the log shows %j', (url, shown) => {
  expect(maskedPath(url)).toBe(shown)
})
