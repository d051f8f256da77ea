import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { adminEnvelope } from '@/lib/apis/admin/envelope'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import { workerPolicy } from './content-security-policy'
import { databaseFailure } from './database-health'
import type { Dispatch } from './dispatch'
import { log } from './log'
import { keepWhatPagesNeed } from './page-request'
import { servePage } from './read-page-session'
import { readTarget } from './request-target'
import { errorResponse } from './route'
import { send } from './send'
import { stampPeer } from './stamp-peer'

export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type ListenerOptions = {
  dispatch: Dispatch
  /** Next, which renders pages and serves files. */
  pages: Pages
  /** On every answer, whatever gives it. */
  headers: readonly (readonly [name: string, value: string])[]
  trustedProxyHops: number
  /** Told of each request, before it is answered. */
  onRequest?: (request: IncomingMessage, response: ServerResponse) => void
  /** Next's development server speaks to its pages by headers, methods and paths of its own. */
  isDevelopment: boolean
}

/** Answers every request of the server: in an API's words if the path belongs to one, else as a page. */
export function listener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      const about = { path: request.url?.split('?')[0]?.slice(0, 200) }
      const failure = databaseFailure(error, about)
      if (!failure) log.error({ ...about, err: error }, 'a request failed outside any operation')
      if (response.headersSent) response.destroy()
      else if (failure) response.writeHead(503, { 'retry-after': String(failure.retryAfterSeconds) }).end()
      else response.writeHead(500).end()
    })
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<void> {
  for (const [name, value] of options.headers) response.setHeader(name, value)
  stampPeer(request, options.trustedProxyHops)
  options.onRequest?.(request, response)
  const refuse = (error: AppError, headers: Record<string, string> = {}) =>
    send(errorResponse(adminEnvelope, error, newRequestId(), headers), request, response)

  if (request.url === '*' && request.method === 'OPTIONS') return void response.writeHead(204).end()
  const target = readTarget(request.url ?? '')
  if (!target) return refuse(new AppError('malformed', unreadableTarget))
  // Where a request names its host twice, the target's name counts (RFC 9112 §3.2.2).
  if (target.host !== null) request.headers.host = target.host
  else if (hostsOf(request) > 1) return refuse(new AppError('malformed', 'Send the Host header once.'))
  if (!isHost(request.headers.host ?? '')) return refuse(new AppError('malformed', 'The Host header is not valid.'))
  if (await options.dispatch(request, response, target)) return

  response.setHeader('x-request-id', newRequestId())
  request.url = target.path + target.search
  const { cookie } = request.headers
  const servePages = () => servePage(cookie, () => options.pages(request, response))
  if (options.isDevelopment) return servePages()
  if (request.method === 'OPTIONS') return void response.writeHead(204, { allow: pageMethods }).end()
  if (!['GET', 'HEAD'].includes(request.method ?? '')) {
    const message = `${request.method} is not for this path. It takes ${pageMethods}.`
    return refuse(new AppError('method-not-allowed', message), { allow: pageMethods })
  }
  // The image optimizer and whatever else Next keeps there are not used.
  if (target.steps[0] === '_next' && target.steps[1] !== 'static') {
    return refuse(new AppError('not-found', 'There is nothing at this path.'))
  }
  if (target.steps[0] === '_next') response.setHeader('content-security-policy', workerPolicy)
  keepWhatPagesNeed(request)
  return servePages()
}

const pageMethods = 'GET, HEAD'

const unreadableTarget =
  'The path is not validly percent-encoded, or the request target is neither a path nor an http(s) address.'

/** How often `Host` was sent; Node keeps the first. */
const hostsOf = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length

/** `uri-host [":" port]` (RFC 9110 §7.2); empty where the client knows no name. */
const isHost = (host: string) => /^(?:\[[0-9a-f:.]+\]|[\w.\-~!$&'()*+,;=%]*)(?::\d*)?$/i.test(host)
