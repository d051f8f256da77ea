import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import { dispatcher } from './dispatch'
import { type Endpoint, endpoints, owners } from './endpoints'
import { listener } from './listener'

/** Every endpoint of the server, telling what reached it instead of doing it. */
const telling: Endpoint[] = endpoints().map((endpoint) => ({
  ...endpoint,
  handle: async (request, { params }) => {
    const bytes: Uint8Array[] = []
    for await (const chunk of request.body ?? []) bytes.push(chunk)
    const { pathname, search } = new URL(request.url)
    const told = {
      is: `${endpoint.method} ${endpoint.path}`,
      params,
      pathname,
      search,
      body: String(Buffer.concat(bytes)),
    }
    const headers = { 'content-type': 'application/json' }
    return { status: 200, headers, cookies: ['a=1', 'b=2'], body: JSON.stringify(told) }
  },
}))

const server = createServer(
  listener({
    dispatch: dispatcher(telling, owners()),
    pages: async (request, response) => {
      response.end(`page ${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
    },
    headers: [['cross-origin-resource-policy', 'same-origin']],
    trustedProxyHops: 0,
    isDevelopment: false,
  }),
)
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

type Sent = { headers?: Record<string, string | string[]>; body?: string }

/** Sends a target as it is, as fetch would not. */
async function ask(method: string, path: string, { headers = {}, body }: Sent = {}) {
  const { port } = server.address() as AddressInfo
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ port, method, path, headers, agent: false }, resolve).once('error', reject).end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  const text = String(Buffer.concat(chunks))
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : null,
  }
}

const operations = apis.flatMap(({ operations }) => Object.values(operations))
const sample = (path: string) => path.replaceAll(/\{[^}]+\}/g, 'a')

const steering = {
  'x-middleware-prefetch': '1',
  'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
  'x-middleware-rewrite': '/',
  'x-nextjs-data': '1',
  'x-invoke-path': '/',
  'x-matched-path': '/',
  'x-next-resume-state-length': '1',
  'next-action': '00',
  'next-resume': '1',
  rsc: '1',
  'next-router-prefetch': '1',
  'next-router-state-tree': 'x',
  'x-some-header-of-a-later-next': '1',
}

describe('every operation of the registry', () => {
  test.each(operations.map(({ method, path }) => [method, path]))(
    '%s %s is answered without Next, whatever headers of a framework are sent',
    async (method, path) => {
      const plain = await ask(method, sample(path))
      expect(plain.json).toMatchObject({ is: `${method} ${path}` })
      expect(await ask(method, `${sample(path)}?_rsc=1`, { headers: steering })).toMatchObject({
        status: plain.status,
        json: { ...plain.json, search: '?_rsc=1' },
      })
    },
  )

  test('and every other endpoint', async () => {
    for (const { method, path } of telling) {
      const { json } = await ask(method, sample(path), { headers: steering })
      expect(json).toMatchObject({ is: `${method} ${path}` })
    }
  })

  test('may be read from other sites only where no cookie counts', () => {
    for (const { anyOrigin, auth, path } of operations) if (anyOrigin) expect(auth, path).toBe('none')
  })
})

test('a slash too many is 404 in the words of the API that was meant, and says what is wrong', async () => {
  for (const path of ['//api/v1/identities', '/api//v1/identities', '/api/v1//identities', '///auth//v1/issuers']) {
    for (const method of ['GET', 'POST']) {
      const { status, json } = await ask(method, path)
      expect({ status, says: json?.message }, path).toMatchObject({
        status: 404,
        says: expect.stringContaining('slashes'),
      })
    }
  }
  // No API has it, so it stays a page, and no redirect leads away from here.
  expect((await ask('GET', '//evil.example/')).text).toMatch(/^page GET \/\/evil\.example\//)
  expect((await ask('GET', '/api/v1/identities//')).json).toMatchObject({ is: 'GET /api/v1/identities' })
})

describe('a request reaches its operation', () => {
  test('with decoded parameters, its query and its body', async () => {
    const path = '/auth/v1/issuers/https%3A%2F%2Fi.example%2Fa%3Fb/?c=%2F'
    const { json } = await ask('PUT', path, { body: '{"a":1}', headers: { 'content-type': 'application/json' } })
    expect(json).toMatchObject({ params: { iss: 'https://i.example/a?b' }, search: '?c=%2F', body: '{"a":1}' })
  })

  test('by the path that says most', async () => {
    expect((await ask('POST', '/admin/v1/idps/_search')).json.is).toBe('POST /admin/v1/idps/_search')
    expect((await ask('POST', '/admin/v1/idps/%5Fsearch')).json.is).toBe('POST /admin/v1/idps/_search')
    expect((await ask('GET', '/admin/v1/idps/1')).json).toMatchObject({ params: { idpId: '1' } })
  })

  test('and keeps its cookies apart', async () => {
    expect((await ask('GET', '/api/admin/trusts')).headers['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  test('HEAD is GET without the body', async () => {
    const get = await ask('GET', '/api/admin/trusts')
    const head = await ask('HEAD', '/api/admin/trusts')
    expect(head).toMatchObject({ status: 200, text: '' })
    expect(head.headers['content-length']).toBe(get.headers['content-length'])
  })
})

describe('a method that a path does not have', () => {
  const bodyOf = async (url: string) => (await ask('PATCH', url)).json

  test('is 405 and says which it has, in the words of the API', async () => {
    const answer = await ask('PATCH', '/admin/v1/idps/1234?x=1')
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'DELETE, GET, PUT' } })
    // docs/apis/zitadel.md, "Errors": 12 UNIMPLEMENTED.
    expect(answer.json).toMatchObject({ code: 12, details: [] })
    expect(await bodyOf('/api/v1/auth/jwt-auth/login')).toMatchObject({ statusCode: 405, error: 'MethodNotAllowed' })
    expect(await bodyOf('/auth/v1/issuers')).toMatchObject({ errorCode: 'method_not_allowed', invalidFields: [] })
    expect(await bodyOf('/api/admin/trusts')).toMatchObject({ statusCode: 405, reqId: expect.any(String) })
  })

  test('is told by OPTIONS', async () => {
    expect(await ask('OPTIONS', '/auth/v1/issuers')).toMatchObject({ status: 204, headers: { allow: 'GET, POST' } })
  })

  test('TRACE is one, of pages too', async () => {
    for (const path of ['/api/admin/trusts', '/sign-in']) expect((await ask('TRACE', path)).status).toBe(405)
    expect(await ask('POST', '/sign-in')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  })
})

describe('paths without an operation', () => {
  const firstSegments = [...new Set(operations.map(({ path }) => path.split('/')[1] ?? ''))]

  test.each(firstSegments)('under /%s is 404 in JSON, not a page', async (first) => {
    const encoded = `%${first.charCodeAt(0).toString(16)}${first.slice(1)}`
    for (const unknown of [`/${first}`, `/${first}/nothing/at/all/here/it/is`, `/${encoded}/nothing`]) {
      const { status, json, headers } = await ask('GET', unknown)
      expect([status, headers['content-type']], unknown).toEqual([404, 'application/json'])
      expect(json, unknown).not.toBeNull()
    }
  })

  test.each([
    ['/.well-known/nothing', 'Not Found'],
    ['/oauth/nothing', 'Not Found'],
    ['/api/nothing', 'Not Found'],
    ['/api/v1/nothing', 'NotFound'],
    ['/api/v3/nothing', 'NotFound'],
    ['/auth/v1/issuers//a', undefined],
    ['/v2/nothing', undefined],
    ['/management/v1/nothing', undefined],
  ])('%s is answered in the words of the API whose path it is', async (path, error) => {
    const { status, json } = await ask('POST', path, { body: '{}' })
    expect([status, json.error]).toEqual([404, error])
  })

  test('pages get what pages need and nothing else', async () => {
    const { text } = await ask('GET', '/identities?a=1', {
      headers: { ...steering, host: 'x.example', 'user-agent': 'b' },
    })
    expect(text).toBe('page GET /identities?a=1 {"host":"x.example","user-agent":"b"}')
  })

  test('scripts of pages come with the policy of a worker; pages get theirs from the proxy', async () => {
    const policyOf = async (path: string) => (await ask('GET', path)).headers['content-security-policy']
    expect(await policyOf('/_next/static/chunks/a.js')).toBe("default-src 'none'; script-src 'self'")
    expect(await policyOf('/identities')).toBeUndefined()
  })

  test.each(['/_next/image?url=%2Fa.png&w=64&q=75', '/_next/data/x/index.json', '/_next'])(
    '%s is none of them',
    async (path) => {
      expect((await ask('GET', path)).status).toBe(404)
    },
  )
})

describe('a page of another site', () => {
  const preflight = (path: string, method: string) =>
    ask('OPTIONS', path, { headers: { origin: 'https://app.example', 'access-control-request-method': method } })

  test('may log in and read public keys, and is told so before it asks', async () => {
    for (const [method, path] of [
      ['POST', '/api/v1/auth/jwt-auth/login'],
      ['POST', '/api/v1/auth/token/renew'],
      ['POST', '/oauth/revoke'],
      ['GET', '/.well-known/jwks.json'],
    ] as const) {
      const wildcard = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      expect((await preflight(path, method)).headers).toMatchObject({
        ...wildcard,
        'access-control-allow-methods': method,
        // Not among what `*` covers (Fetch standard, "CORS-preflight fetch").
        'access-control-allow-headers': '*, authorization',
      })
      expect((await ask(method, path)).headers).toMatchObject(wildcard)
    }
  })

  test('may do nothing else', async () => {
    for (const { method, path, anyOrigin } of operations.filter((operation) => !operation.anyOrigin)) {
      expect(anyOrigin).toBeUndefined()
      for (const { headers } of [await preflight(sample(path), method), await ask(method, sample(path))]) {
        expect(
          Object.keys(headers).filter((name) => name.startsWith('access-control-')),
          path,
        ).toEqual([])
        expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      }
    }
  })
})

describe('a request target', () => {
  test('in absolute-form is its path at the host it names (RFC 9112 §3.2.2)', async () => {
    expect((await ask('GET', 'http://other.example/api/admin/trusts?a')).json).toMatchObject({
      pathname: '/api/admin/trusts',
    })
    expect((await ask('GET', 'http://other.example/sign-in')).text).toBe('page GET /sign-in {"host":"other.example"}')
  })

  test('that is no path is refused', async () => {
    for (const path of ['*', '/%zz', 'x', 'http://user@host/']) expect((await ask('GET', path)).status, path).toBe(400)
    expect((await ask('OPTIONS', '*')).status).toBe(204)
  })

  test('goes with one Host', async () => {
    const host = (value: string | string[]) => ask('GET', '/sign-in', { headers: { host: value } })
    expect((await host('a b')).status).toBe(400)
    expect((await host('a/b')).status).toBe(400)
    expect((await host('[::1]:3000')).status).toBe(200)
  })
})

test('long answers to reads are compressed where the caller takes that', async () => {
  const long = `/api/admin/trusts?${'a'.repeat(9000)}`
  const accepting = (value: string) => ask('GET', long, { headers: { 'accept-encoding': value } })
  expect((await accepting('gzip, br')).headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  for (const value of ['', 'br', 'gzip;q=0']) {
    const { headers } = await accepting(value)
    expect([headers['content-encoding'], headers.vary], value).toEqual([undefined, 'accept-encoding'])
  }
  expect(
    (await ask('POST', `/auth/v1/issuers?${'a'.repeat(9000)}`, { headers: { 'accept-encoding': 'gzip' } })).headers,
  ).not.toHaveProperty('content-encoding')
})
