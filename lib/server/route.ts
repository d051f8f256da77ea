import { z } from 'zod'
import type { Api, Envelope, Operation, Reply } from '@/lib/apis/api'
import { invalid, parseInput, toFieldIssues } from '@/lib/apis/field-issues'
import { withoutPathIds } from '@/lib/apis/path-ids'
import { Streamed } from '@/lib/apis/streamed'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import { recordRefusal } from '@/lib/services/audit/record-refusal'
import type { Context } from '@/lib/services/context'
import { cutText } from '@/lib/trust/cut-text'
import { jsonText } from '@/lib/trust/json/json-text'
import { type Answer, plainText } from './answer'
import { type ApiRequest, headerOf } from './api-request'
import { challengeOf } from './challenge'
import { databaseFailure } from './database-health'
import { log } from './log'
import { readBody } from './read-body'
import { anonymousContext, authenticate, refuseOtherSites } from './session'

type RouteContext = { params: Record<string, unknown> }

/**
 * An operation as a handler of requests: authenticate, parse, run, word the error. What goes wrong here is answered in the words
 * of the API it was asked of.
 */
export function route<Operations extends Record<string, Operation>>(
  api: Omit<Api, 'operations'> & { operations: Operations },
  name: keyof Operations & string,
) {
  const operation: Operation | undefined = api.operations[name]
  if (!operation) throw new TypeError(`${api.name} has no operation ${name}`)
  return async (request: ApiRequest, { params }: RouteContext): Promise<Answer> => {
    let ctx: Context = { ...anonymousContext(request), via: `${operation.method} ${operation.path}` }
    try {
      ctx = await actingContext(ctx, operation, request)
      requireSecondFactor(ctx, operation)
      operation.authorise?.(ctx, request.headers)
      const reply = await run(ctx, api, operation, request, params)
      requireRecorded(ctx, api, name, reply)
      return respond(ctx, operation, reply)
    } catch (error) {
      await keepRefusal(ctx, operation, error)
      return answerError(ctx, api, operation, request, error)
    }
  }
}

/** @throws AppError `forbidden` for a person who must set a second factor up first */
function requireSecondFactor({ actor }: Context, { withoutSecondFactor }: Operation) {
  if (actor.kind !== 'user' || !actor.lacksSecondFactor || withoutSecondFactor) return
  throw new AppError(
    'forbidden',
    'Your organization requires a second factor. Sign in to the dashboard and set one up; until then nothing else is allowed.',
    { reason: 'second_factor_required' },
  )
}

/** The refusal is answered whether or not it can be put on record. */
async function keepRefusal(ctx: Context, operation: Operation, refusal: unknown): Promise<void> {
  try {
    await recordRefusal(ctx, operation, refusal)
  } catch (error) {
    const about = { reqId: ctx.requestId, path: operation.path }
    if (!databaseFailure(error, about)) log.error({ ...about, err: error }, 'a refusal could not be put on record')
  }
}

/**
 * An operation does no more and no less than it declares (`records`). What is done is done and cannot be refused now, so a
 * difference is a fault of ours that is logged; the contract tests fail by it.
 */
function requireRecorded(ctx: Context, { operations }: Pick<Api, 'operations'>, name: string, reply: Reply) {
  const { success, records = [] } = operations[name] ?? {}
  if ((reply.status ?? success?.status ?? 200) >= 400) return
  const found = new Set(ctx.recorded)
  const isMissing = records.length > 0 && found.size === 0
  const undeclared = [...found].filter((one) => one !== 'nothing done' && !records.includes(one))
  if (!isMissing && undeclared.length === 0) return
  log.error(
    { reqId: ctx.requestId, operation: name, records, recorded: [...found] },
    'an act is not on record as declared',
  )
}

/** The answer where there is no operation: 404 in the words of the API whose path it is. */
export function notFoundResponse(envelope: Envelope, method: string, path: string): Answer {
  const hint = /\/\/+./.test(path)
    ? ' Two slashes in a row are not taken for one: look at how the address is put together.'
    : ''
  const message = `There is nothing at ${cutText(method, 20)} ${cutText(path, 200)}.${hint}`
  return errorResponse(envelope, new AppError('not-found', message), newRequestId())
}

/** An error in the words of an API, outside any of its operations. */
export function errorResponse(
  envelope: Envelope,
  error: AppError,
  requestId: string,
  more: Record<string, string> = {},
): Answer {
  const { status, body } = envelope.ofError(error, requestId)
  const headers: Record<string, string> = { ...commonHeaders({ requestId }), ...more }
  if (error.retryAfterSeconds) headers['retry-after'] = String(error.retryAfterSeconds)
  // The vendors' envelopes have no place for it.
  if (error.reason) headers['x-keybound-reason'] = error.reason
  if (status === 401) headers['www-authenticate'] ??= 'Bearer'
  return json(body, status, headers)
}

async function actingContext(ctx: Context, operation: Operation, request: ApiRequest): Promise<Context> {
  if (operation.auth === 'none') {
    if (!operation.anyOrigin) refuseOtherSites(request)
    return ctx
  }
  try {
    return await authenticate(ctx, request)
  } catch (error) {
    // A bearer token that does not count is an error to a client; other credentials are looked for by the operation.
    const isBearer = /^bearer /i.test(headerOf(request, 'authorization') ?? '')
    const mayBeNobody = operation.auth === 'optional' || (operation.auth === 'client' && !isBearer)
    if (mayBeNobody && error instanceof AppError && error.kind === 'unauthenticated') return ctx
    throw error
  }
}

async function run(
  ctx: Context,
  { normalise = (body) => body, pathIdsInBody = false }: Pick<Api, 'normalise' | 'pathIdsInBody'>,
  operation: Operation,
  request: ApiRequest,
  params: Record<string, unknown>,
) {
  const { body, wholeNumbers } = operation
  const inPath = operation.params ? parseParams(operation.params, params) : {}
  // A body that no operation asks for is looked at where it may name something else than the path.
  const isRead = body !== undefined || (pathIdsInBody && operation.method === 'DELETE')
  const read = isRead
    ? await readBody(request, operation.bodyTypes ?? ['application/json'], { wholeNumbers })
    : undefined
  const sent = pathIdsInBody ? withoutPathIds(read, params) : read
  return operation.run(ctx, {
    params: inPath,
    query: operation.query
      ? parseInput(operation.query, normalise(queryObject(new URL(request.url).searchParams, operation.query)), [
          'query',
        ])
      : {},
    body: body && !operation.parsesBody ? parseInput(body, normalise(sent)) : sent,
    get headers() {
      return request.headers
    },
  })
}

/** A path that cannot name anything names nothing: 404, not 422. */
function parseParams<T>(schema: z.ZodType<T>, params: unknown): T {
  try {
    return parseInput(schema, params)
  } catch (cause) {
    throw new AppError('not-found', 'There is nothing at this path.', { cause })
  }
}

/** A parameter that the operation reads must not be there twice; what others brought along is not ours to judge. */
function queryObject(searchParams: URLSearchParams, schema: z.ZodType): Record<string, string> {
  const read = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [...new Set(searchParams.keys())]
  const twice = read.filter((key) => searchParams.getAll(key).length > 1)
  if (twice.length > 0) {
    throw invalid(twice.map((key) => ({ path: ['query', key], code: 'repeated', message: 'Give this once.' })))
  }
  return Object.fromEntries(searchParams)
}

function respond(ctx: Context, operation: Operation, reply: Reply): Answer {
  const headers = { ...commonHeaders(ctx), ...reply.headers }
  const status = reply.status ?? operation.success.status
  const { body, cookies = [] } = reply
  if (body === undefined) return { status, headers, cookies, body: null }
  if (body instanceof Streamed) {
    return { status, headers: { 'content-type': body.contentType, ...headers }, cookies, body: body.chunks }
  }
  if (typeof body === 'string') return { status, headers: { 'content-type': plainText, ...headers }, cookies, body }
  return { ...json(body, status, headers), cookies }
}

function answerError(
  ctx: Context,
  api: Pick<Api, 'envelope' | 'name'>,
  operation: Operation,
  { headers }: ApiRequest,
  thrown: unknown,
): Answer {
  const error = toAppError(ctx, operation, thrown) ?? new AppError('unexpected', 'Something went wrong')
  const asked: Record<string, string> =
    error.kind === 'unauthenticated' ? { 'www-authenticate': challengeOf(headers, operation, error) } : {}
  return errorResponse(api.envelope, error, ctx.requestId, asked)
}

/** Null for an unexpected error, which is logged whole and told to the caller without detail. */
function toAppError(ctx: Context, operation: Operation, thrown: unknown): AppError | null {
  if (thrown instanceof AppError) {
    if (thrown.kind === 'unavailable') log.warn({ reqId: ctx.requestId, err: thrown }, thrown.message)
    return thrown
  }
  if (thrown instanceof z.ZodError) return invalid(toFieldIssues(thrown))
  const failure = databaseFailure(thrown, { reqId: ctx.requestId, path: operation.path })
  if (failure) return failure
  log.error({ reqId: ctx.requestId, path: operation.path, err: thrown }, 'an operation failed unexpectedly')
  return null
}

const json = (body: unknown, status: number, headers: Record<string, string>): Answer => ({
  status,
  headers: { ...headers, 'content-type': 'application/json' },
  body: jsonText(body),
})

const commonHeaders = ({ requestId }: Pick<Context, 'requestId'>) => ({
  'cache-control': 'no-store',
  'x-request-id': requestId,
})
