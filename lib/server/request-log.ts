import type { IncomingHttpHeaders, OutgoingHttpHeader } from 'node:http'
import { log } from './log'
import { peerHeader } from './peer'

type Asked = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }
type Answered = {
  statusCode: number
  writableFinished: boolean
  getHeader(name: string): OutgoingHttpHeader | undefined
  once(event: 'close', listener: () => void): unknown
}

const routes = new WeakMap<object, string>()

/** Says which path template a request was found to be for, which holds nothing that the caller chose. */
export const nameRoute = (response: object, template: string) => void routes.set(response, template)

/**
 * Logs a request when its answer has been sent, or its caller has gone: one line, at level `info`, with the id that the answer
 * names. What watches the server (probes, metrics) and a page's files are logged at `debug`.
 */
export function logRequest(request: Asked, response: Answered): void {
  const startedMs = performance.now()
  const { method } = request
  const path = maskedPath(request.url ?? '')
  const ip = request.headers[peerHeader]
  response.once('close', () => {
    const route = routes.get(response)
    const isWatching = response.statusCode < 400 && watched.has(route ?? '')
    const isFile = path.startsWith('/_next/static/')
    log[isWatching || isFile ? 'debug' : 'info'](
      {
        reqId: response.getHeader('x-request-id'),
        method,
        ...(route === undefined ? { path } : { route }),
        status: response.statusCode,
        ms: Math.round((performance.now() - startedMs) * 10) / 10,
        ip,
        ...(!response.writableFinished && { aborted: true }),
      },
      'request',
    )
  })
}

/** What is asked every few seconds. */
const watched = new Set(['/api/status', '/api/alive', '/metrics'])

const pathLengthMax = 200
/** Names of pages and operations, and ids of rows; a longer step may be a secret that was sent to the wrong place. */
const shown = /^(?:[\w.~!$&'()*+,;=:@%-]{0,24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][\w.-]*\.v\d\w*\.\w+)$/i

/** The path of a request that no operation is for, without its query and without steps that may be secrets. */
export function maskedPath(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1)
  const steps = path.slice(0, pathLengthMax).split('/')
  return steps.map((step) => (shown.test(step) ? step : '…')).join('/')
}
