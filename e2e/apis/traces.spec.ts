import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ReceivedSpan, startOtlpReceiver } from '../fixtures/otlp-receiver'
import type { JwksServer, SigningKey } from '../peers/jwks-server'
import { eventually } from './eventually'
import { type Installation, install, login } from './installation'
import { createIssuer } from './issuer'
import { attachedTo, signed, startServer } from './key-source-calls'

let here: Installation
let keys: JwksServer
let key: SigningKey
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  keys = await startServer()
  key = keys.rotate()
  here = await install(
    {
      KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    { own: true },
  )
})
afterAll(async () => {
  await here.stop()
  await keys.stop()
  await receiver.stop()
})

const ofRequest =
  (id: string | null) =>
  ({ attributes }: ReceivedSpan) =>
    attributes['keybound.request_id'] === id

/** The spans of a request's trace, by name. */
async function traceOf(answer: { headers: Headers }, count: number) {
  const id = answer.headers.get('x-request-id')
  const ofIt = async () => {
    const root = receiver.spans.find(ofRequest(id))
    return receiver.spans.filter(({ traceId }) => traceId === root?.traceId)
  }
  const found = await eventually(ofIt, ({ length }) => length >= count)
  return Object.fromEntries(found.map((span) => [span.name, span]))
}

test('a login is a trace: the request, the login in it, the fetch of keys and the commit in that', async () => {
  const id = await attachedTo(here, keys)
  const answer = await login(here.anonymous, id, signed(key))
  expect(answer.status, answer.text).toBe(200)
  const trace = await traceOf(answer, 4)
  expect(Object.keys(trace).sort()).toEqual(['POST /api/v1/auth/jwt-auth/login', 'commit', 'fetch keys', 'login'])
  const { 'POST /api/v1/auth/jwt-auth/login': request, login: inner, 'fetch keys': fetched, commit } = trace
  expect(request).toMatchObject({
    ...{
      kind: 2,
      parentId: '',
      status: 0,
      resource: { 'service.name': 'keybound', 'deployment.environment.name': 'test' },
    },
    attributes: {
      ...{
        'http.request.method': 'POST',
        'http.route': '/api/v1/auth/jwt-auth/login',
        'http.response.status_code': 200,
      },
    },
  })
  expect(inner).toMatchObject({
    parentId: request?.spanId,
    attributes: { 'keybound.method': 'jwt', 'keybound.result': 'accepted' },
  })
  expect(fetched).toMatchObject({ kind: 3, parentId: inner?.spanId })
  expect(fetched?.attributes).toEqual({
    'server.address': '127.0.0.1',
    'keybound.key_source': 'jwks-url',
    'keybound.result': 'ok',
  })
  expect(commit).toMatchObject({ kind: 3, parentId: inner?.spanId })
  expect(receiver.requests[0]).toMatchObject({
    path: '/v1/traces',
    headers: { 'content-type': 'application/x-protobuf', 'x-tenant': 'acme' },
  })
})

test('a refusal is no error, and says its reason; keys that cannot be fetched are one', async () => {
  const id = await attachedTo(here, keys)
  const refused = await login(here.anonymous, id, createIssuer('ES256').token({}, { kid: key.kid }))
  expect(refused.status).toBe(401)
  const trace = await traceOf(refused, 3)
  expect(trace.login).toMatchObject({
    status: 0,
    attributes: { 'keybound.result': 'refused', 'keybound.reason': expect.stringMatching(/^\w+$/) },
  })

  const gone = await startServer()
  const other = await attachedTo(here, gone)
  await gone.stop()
  const failed = await traceOf(await login(here.anonymous, other, signed(key)), 4)
  expect(failed['fetch keys']).toMatchObject({ status: 2, attributes: { 'error.type': expect.any(String) } })
  expect(failed['POST /api/v1/auth/jwt-auth/login']).toMatchObject({
    status: 2,
    attributes: { 'http.response.status_code': 503 },
  })
})

test('a request that names a trace of its caller becomes part of it', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const answer = await here.admin.get('/api/v1/identities', { headers: { traceparent } })
  const trace = await traceOf(answer, 1)
  expect(trace['GET /api/v1/identities']).toMatchObject({
    ...{ traceId: '0af7651916cd43dd8448eb211c80319c', parentId: 'b7ad6b7169203331' },
  })
  for (const nonsense of ['00-0-0-01', 'x'.repeat(5_000), `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`]) {
    const other = await here.admin.get('/api/v1/identities', { headers: { traceparent: nonsense } })
    expect((await traceOf(other, 1))['GET /api/v1/identities']).toMatchObject({ parentId: '' })
  }
})

test('no token and no id of an identity is in any span', async () => {
  const id = await attachedTo(here, keys)
  const token = signed(key)
  const answer = await login(here.anonymous, id, token)
  await here.anonymous
    .as({ authorization: `Bearer ${answer.body.accessToken}` })
    .get(`/api/v1/identities/${id}?x=${token}`)
  await traceOf(await here.admin.get('/api/v1/identities'), 1)
  const sent = Buffer.concat(receiver.requests.map(({ body }) => body)).toString('latin1')
  for (const part of [...token.split('.'), ...answer.body.accessToken.split('.'), id]) expect(sent).not.toContain(part)
})
