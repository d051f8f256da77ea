import type { IncomingMessage, ServerResponse } from 'node:http'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import { isTraced, spanned } from '@/lib/spans'
import type { Answer } from './answer'
import { type ApiRequest, headerOf, toApiRequest } from './api-request'
import { anyOriginHeaders, preflightHeaders } from './cors'
import type { Endpoint, Owner, Params } from './endpoints'
import { type Place, placeFinder } from './find-endpoint'
import { nameRoute } from './request-log'
import type { Target } from './request-target'
import { errorResponse, notFoundResponse } from './route'
import { send } from './send'

/** Answers a request to an API, or says that it is for none. */
export type Dispatch = (request: IncomingMessage, response: ServerResponse, target: Target) => Promise<boolean>

/**
 * Answers what belongs to an API straight from `node:http`, without Next: no header can make a framework answer in an
 * operation's place, and no login pays for one. False for everything else, which is a page.
 */
export function dispatcher(endpoints: readonly Endpoint[], owners: readonly Owner[]): Dispatch {
  const find = placeFinder(endpoints)
  const longestFirst = owners
    .map(({ prefix, envelope }) => ({ steps: prefix.slice(1).split('/'), envelope }))
    .sort((one, other) => other.steps.length - one.steps.length)

  return async (request, response, target) => {
    const found = find(target.steps)
    const ownerOf = (asked: readonly string[]) =>
      longestFirst.find(({ steps }) => steps.every((step, at) => step === asked[at]))
    // A slash too many before an API's prefix is still a request to that API, not a page.
    const owner = found ?? ownerOf(target.steps) ?? ownerOf(target.steps.filter((step) => step !== ''))
    if (!owner) return false
    const answer =
      'place' in owner
        ? await ask(owner, request, response, target)
        : notFoundResponse(owner.envelope, methodOf(request), target.path)
    await send(answer, request, response)
    return true
  }
}

async function ask(
  { place, params }: { place: Place; params: Params },
  request: IncomingMessage,
  response: ServerResponse,
  { path, search }: Target,
): Promise<Answer> {
  const method = methodOf(request)
  const endpoint = place.get(method === 'HEAD' ? 'GET' : method)
  for (const { path: template } of endpoint ? [endpoint] : place.values()) nameRoute(response, template)
  if (!endpoint) return method === 'OPTIONS' ? options(place, request) : missingMethod(place, method)
  const asked = toApiRequest(request, path + search)
  const answer = await (isTraced() ? traced(endpoint, asked, params) : endpoint.handle(asked, { params }))
  return endpoint.anyOrigin ? { ...answer, headers: { ...answer.headers, ...anyOriginHeaders } } : answer
}

/** The answer of an endpoint as a span, part of the caller's trace where it names one. */
function traced(endpoint: Endpoint, request: ApiRequest, params: Params): Promise<Answer> {
  const { method, path } = endpoint
  const traceparent = headerOf(request, 'traceparent')
  const parent = traceparent ? { traceparent, tracestate: headerOf(request, 'tracestate') ?? undefined } : undefined
  const attributes = { 'http.request.method': method, 'http.route': path }
  return spanned(`${method} ${path}`, { kind: 'server', attributes, parent }, async (span) => {
    const answer = await endpoint.handle(request, { params })
    const { status, headers } = answer
    span.set({ 'http.response.status_code': status, 'keybound.request_id': headers['x-request-id'] ?? '' })
    if (status >= 500) span.set({ 'error.type': String(status) })
    return answer
  })
}

/** Which methods a path has (RFC 9110 §9.3.7); to a preflight, whether another site's page may use the one it names. */
function options(place: Place, request: IncomingMessage): Answer {
  const wanted = request.headers['access-control-request-method'] ?? ''
  const allowed = place.get(wanted)?.anyOrigin ? preflightHeaders(wanted) : {}
  return { status: 204, headers: { allow: allowOf(place), ...allowed }, body: null }
}

/** 405 with `Allow` (RFC 9110 §15.5.6), in the words of the path's API. */
function missingMethod(place: Place, method: string): Answer {
  const allow = allowOf(place)
  const [envelope] = [...place.values()].map((endpoint) => endpoint.envelope)
  const message = `${method.slice(0, 20)} is not for this path. It takes ${allow}.`
  if (!envelope) throw new TypeError('A path without an endpoint')
  return errorResponse(envelope, new AppError('method-not-allowed', message), newRequestId(), { allow })
}

const allowOf = (place: Place) => [...place.keys()].sort().join(', ')

const methodOf = ({ method }: IncomingMessage) => method ?? 'GET'
