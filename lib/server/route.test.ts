import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { asResponse } from '@/e2e/fixtures/as-response'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { adminEnvelope } from '@/lib/apis/admin/envelope'
import { defineApi, defineOperation, type Reply } from '@/lib/apis/api'
import { infisicalEnvelope } from '@/lib/apis/infisical/envelope'
import { nativeframeEnvelope } from '@/lib/apis/nativeframe/envelope'
import { oauthEnvelope } from '@/lib/apis/oauth/envelope'
import { zitadelEnvelope } from '@/lib/apis/zitadel/envelope'
import { disconnect } from '@/lib/db/client'
import { AppError, type ErrorKind } from '@/lib/errors'
import * as refusals from '@/lib/services/audit/record-refusal'
import { log } from './log'
import { route } from './route'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-route-'))
  const { url } = await migratedDatabase('sqlite', folder)
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to all' })
})
afterAll(async () => {
  await disconnect()
  await rm(folder, { recursive: true, force: true })
})

/** Asks an operation of its own that does `run`. */
async function ask(
  run: () => Promise<Reply>,
  more: { envelope?: typeof adminEnvelope; auth?: 'none' | 'optional' | 'required'; url?: string } = {},
) {
  const api = defineApi({
    name: 'test',
    title: 'Test',
    description: '',
    envelope: more.envelope ?? infisicalEnvelope,
    operations: {
      act: defineOperation({
        method: 'GET',
        path: '/api/test',
        summary: '',
        auth: more.auth ?? 'none',
        query: z.strictObject({ a: z.string().optional() }),
        success: { status: 200, description: '' },
        run,
      }),
    },
  })
  const request = new Request(more.url ?? 'http://keybound.example/api/test')
  const response = asResponse(await route(api, 'act')(request, { params: {} }))
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : null }
}

afterEach(() => vi.restoreAllMocks())

const failing = (error: unknown) => () => Promise.reject(error)

const full = () => Object.assign(new Error('database or disk is full'), { errcode: 13 })

describe('a failure of the database', () => {
  beforeEach(() => {
    vi.spyOn(log, 'error').mockReturnValue(undefined)
  })

  test.each([infisicalEnvelope, adminEnvelope, zitadelEnvelope, nativeframeEnvelope, oauthEnvelope])(
    'is 503 with Retry-After in the words of every API, and says nothing of the database: %#',
    async (envelope) => {
      const answer = await ask(failing(full()), { envelope })
      expect(answer).toMatchObject({ status: 503, body: envelope.ofError(unavailable, expect.any(String)).body })
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(answer.text).not.toContain('disk')
    },
  )

  test('is told apart in the log', async () => {
    await ask(failing(full()))
    expect(vi.mocked(log.error).mock.calls[0]?.[0]).toMatchObject({ problem: 'full' })
  })

  test('that keeps a refusal off the record leaves the refusal as the answer', async () => {
    vi.spyOn(refusals, 'recordRefusal').mockRejectedValue(full())
    expect(await ask(failing(new AppError('forbidden', 'Not for you.')))).toMatchObject({ status: 403 })
  })
})

const unavailable = new AppError('unavailable', 'The database cannot be used now. Try again in a few seconds.', {
  reason: 'database_unavailable',
})

describe('what goes wrong', () => {
  test('an unexpected failure is answered without detail and logged whole', async () => {
    const logged = vi.spyOn(log, 'error').mockReturnValue(undefined)
    const answer = await ask(failing(new Error('password=hunter2 at /srv/secret')))
    expect(answer.body).toEqual({
      reqId: expect.stringMatching(/^req-[A-Za-z0-9]{14}$/),
      statusCode: 500,
      message: 'Something went wrong',
      error: 'InternalServerError',
    })
    expect(logged).toHaveBeenCalledOnce()
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ reqId: answer.body.reqId })
  })

  test.each<[ErrorKind, number, string, number]>([
    ['malformed', 400, 'BadRequest', 400],
    ['rule', 400, 'BadRequest', 400],
    ['conflict', 400, 'BadRequest', 409],
    ['unauthenticated', 401, 'UnauthorizedError', 401],
    ['forbidden', 403, 'ForbiddenError', 403],
    ['not-found', 404, 'NotFound', 404],
    ['precondition', 412, 'PreconditionFailed', 412],
    ['too-large', 413, 'PayloadTooLarge', 413],
    ['invalid', 422, 'ValidationFailure', 422],
    ['too-many', 429, 'RateLimitExceeded', 429],
    ['unexpected', 500, 'InternalServerError', 500],
  ])('%s is %i %s in Infisical’s words and %i in ours', async (kind, status, error, ours) => {
    const answer = await ask(failing(new AppError(kind, 'A sentence.')))
    expect([answer.status, answer.body.statusCode, answer.body.error]).toEqual([status, status, error])
    const own = await ask(failing(new AppError(kind, 'A sentence.')), { envelope: adminEnvelope })
    expect([own.status, own.body.message]).toEqual([ours, 'A sentence.'])
  })

  test('when to come again, and why, are in headers', async () => {
    vi.spyOn(log, 'warn').mockReturnValue(undefined)
    const answer = await ask(failing(new AppError('unavailable', 'Later.', { retryAfterSeconds: 7, reason: 'down' })))
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(answer.headers.get('x-keybound-reason')).toBe('down')
    expect((await ask(failing(new AppError('unauthenticated', 'Who?')))).headers.get('www-authenticate')).toBe('Bearer')
  })

  test('details are said only where the document has a place for them', async () => {
    for (const [kind, has] of [
      ['rule', true],
      ['forbidden', true],
      ['unauthenticated', false],
      ['not-found', false],
    ] as const) {
      const { body } = await ask(failing(new AppError(kind, 'A sentence.', { details: { a: 1 } })))
      expect('details' in body, kind).toBe(has)
    }
  })
})

describe('what goes well', () => {
  test('is never kept by a cache and carries the request’s id', async () => {
    const answer = await ask(async () => ({ body: { at: new Date(0), big: 2n ** 60n, none: undefined } }))
    expect(answer.status).toBe(200)
    expect(answer.text).toBe('{"at":"1970-01-01T00:00:00.000Z","big":1152921504606846976}')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-request-id')).toMatch(/^req-/)
  })

  test('several cookies are several headers', async () => {
    const { headers } = await ask(async () => ({ body: {}, cookies: ['a=1', 'b=2'] }))
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })
})

test('a query parameter is given once, and is known', async () => {
  const fine = async () => ({ body: {} })
  const paths = async (query: string) => {
    const { body, status } = await ask(fine, { url: `http://keybound.example/api/test${query}` })
    return status === 422 ? body.message.map((issue: { path: string[] }) => issue.path.join('.')) : status
  }
  expect(await paths('?a=1')).toBe(200)
  expect(await paths('?a=1&a=2')).toEqual(['query.a'])
  expect(await paths('?b=1')).toEqual(['query.b'])
  expect(await paths('?a=%00')).toEqual(['query.a'])
})

test('an operation that requires an actor answers 401 without one; one that does not is served', async () => {
  const fine = async () => ({ body: {} })
  expect((await ask(fine, { auth: 'required' })).status).toBe(401)
  expect((await ask(fine, { auth: 'optional' })).status).toBe(200)
})
