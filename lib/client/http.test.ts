import { afterEach, expect, test, vi } from 'vitest'
import { adminEnvelope } from '@/lib/apis/admin/envelope'
import { AppError, errorKinds } from '@/lib/errors'
import { ApiError, request } from './http'
import { offerSignInAgain } from './sign-in-again'

afterEach(() => vi.unstubAllGlobals())

test('an answer is parsed, and the path is relative to /api/admin', async () => {
  const fetch = answer(200, { id: 'a' })
  await expect(request('/identities/a')).resolves.toEqual({ id: 'a' })
  expect(fetch).toHaveBeenCalledWith('/api/admin/identities/a', expect.objectContaining({ method: 'GET' }))
})

test('a change carries its JSON and the version it was made from', async () => {
  const fetch = answer(200, {})
  await request('/trusts/a', { method: 'PUT', body: { name: 'x' }, ifMatch: 3 })
  const sent = fetch.mock.calls[0]?.[1]
  expect(sent?.body).toBe('{"name":"x"}')
  expect(new Headers(sent?.headers).get('content-type')).toBe('application/json')
  expect(new Headers(sent?.headers).get('if-match')).toBe('"3"')
})

test('a read sends no content type and no precondition', async () => {
  const fetch = answer(200, {})
  await request('/identities')
  const sent = new Headers(fetch.mock.calls[0]?.[1]?.headers)
  expect(sent.has('content-type')).toBe(false)
  expect(sent.has('if-match')).toBe(false)
})

test('an answer without a body is undefined', async () => {
  answer(204)
  await expect(request('/identities/a', { method: 'DELETE' })).resolves.toBeUndefined()
})

test('a refusal carries message, fields, reason and request id', async () => {
  const fields = [{ path: ['keys', 0, 'url'], code: 'invalid_url', message: 'Must start with https://.' }]
  answer(422, {
    reqId: 'req-1',
    statusCode: 422,
    message: 'One field is wrong.',
    error: 'ValidationFailure',
    kind: 'invalid',
    fields,
    reason: 'bad_url',
  })
  expect(await failure(request('/trusts'))).toMatchObject({
    kind: 'invalid',
    status: 422,
    message: 'One field is wrong.',
    reqId: 'req-1',
    reason: 'bad_url',
    fields,
  })
})

test.each(errorKinds)('an error of the kind %s is of that kind, whatever its status', async (kind) => {
  const { status, body } = adminEnvelope.ofError(new AppError(kind, 'No.'), 'req-1')
  answer(status, body)
  expect((await failure(request('/x'))).kind).toBe(kind)
  answer(418, { message: 'No.', kind })
  expect((await failure(request('/x'))).kind).toBe(kind)
})

test.each([
  [403, 'unreadable'],
  [404, 'unreadable'],
  [413, 'unreadable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('an answer %i that names no kind is not our server’s: %s', async (status, kind) => {
  answer(status, { message: 'No.' })
  expect((await failure(request('/x'))).kind).toBe(kind)
  answer(status, { message: 'No.', kind: 'made up' })
  expect((await failure(request('/x'))).kind).toBe(kind)
})

test('a proxy’s HTML page becomes a sentence, never the page', async () => {
  answer(502, '<html>Bad Gateway</html>', { 'x-request-id': 'req-9' })
  const error = await failure(request('/x'))
  expect(error.message).toBe('The server answered 502. Try again; if it stays, look into the server’s log.')
  expect(error.reqId).toBe('req-9')
})

test('hostile fields in an error body are dropped, and its message is kept', async () => {
  answer(422, { message: 'No.', reqId: 7, fields: [{ path: 'x' }] })
  expect(await failure(request('/x'))).toMatchObject({ message: 'No.', fields: [], reqId: undefined })
})

test.each([
  ['30', 30],
  ['soon', undefined],
  ['-5', undefined],
])('Retry-After "%s" is %s seconds', async (header, seconds) => {
  answer(429, { message: 'Slow down.' }, { 'retry-after': header })
  expect((await failure(request('/x'))).retryAfterSeconds).toBe(seconds)
})

test('Retry-After as a date is counted from now', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 7, 1, 12, 0, 0))
  answer(503, { message: 'Busy.' }, { 'retry-after': 'Sat, 01 Aug 2026 12:01:30 GMT' })
  expect((await failure(request('/x'))).retryAfterSeconds).toBe(90)
})

test('no answer at all is a sentence with advice', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('Failed to fetch')))
  expect(await failure(request('/x'))).toMatchObject({
    kind: 'network',
    status: 0,
    message: 'The server could not be reached. Check your connection and try again.',
  })
})

test('a request the caller gave up on is not a network failure', async () => {
  const abort = new AbortController()
  abort.abort(new DOMException('gone', 'AbortError'))
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(abort.signal.reason))
  await expect(request('/x', { signal: abort.signal })).rejects.toBe(abort.signal.reason)
})

test.each([
  ['not JSON', 'hello'],
  ['no object', '"hello"'],
  ['null', 'null'],
])('a good status with %s is unreadable, not a crash', async (_, body) => {
  answer(200, body)
  expect((await failure(request('/x'))).kind).toBe('unreadable')
})

function answer(status: number, body?: unknown, headers: Record<string, string> = {}) {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  const fetch = vi.fn<typeof globalThis.fetch>().mockImplementation(async () => new Response(text, { status, headers }))
  vi.stubGlobal('fetch', fetch)
  return fetch
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ApiError)) throw new Error('expected an ApiError')
  return error
}

test('a write is not sent while the browser is offline; a read is tried', async () => {
  const fetch = answer(200, {})
  vi.stubGlobal('navigator', { onLine: false })
  expect(await failure(request('/trusts', { method: 'POST', body: {} }))).toMatchObject({ kind: 'network' })
  expect(fetch).not.toHaveBeenCalled()
  await request('/trusts')
  expect(fetch).toHaveBeenCalledOnce()
})

test('a write of an ended session is sent once more after signing in again, and fails where that is declined', async () => {
  const body = { message: 'Sign in.', kind: 'unauthenticated', reason: 'not_signed_in' }
  for (const isBack of [true, false]) {
    const fetch = answer(401, body)
    const withdraw = offerSignInAgain(async () => isBack)
    expect(await failure(request('/trusts', { method: 'POST', body: {} }))).toMatchObject({ kind: 'unauthenticated' })
    expect(fetch).toHaveBeenCalledTimes(isBack ? 2 : 1)
    withdraw()
  }
})

test('a read of an ended session asks for no sign-in', async () => {
  answer(401, { message: 'Sign in.', kind: 'unauthenticated', reason: 'not_signed_in' })
  const ask = vi.fn(async () => true)
  const withdraw = offerSignInAgain(ask)
  await failure(request('/trusts'))
  expect(ask).not.toHaveBeenCalled()
  withdraw()
})
