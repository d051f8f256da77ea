import type { IncomingMessage } from 'node:http'

/**
 * What a page's answer may depend on. An allow-list, for Next is steered by headers and each version knows others:
 * `x-middleware-*`, `x-nextjs-*`, `x-invoke-*`, `x-matched-path`, `next-action`, `next-resume` …
 */
const passedHeaders = new Set([
  'host',
  'accept',
  'accept-encoding',
  'accept-language',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'range',
  'user-agent',
])

/** Headers that Next's router in the browser sends when it goes from page to page, in the forms it sends. */
const routerHeaders: Record<string, RegExp> = {
  rsc: /^1$/,
  'next-router-prefetch': /^[0-9]$/,
  'next-router-segment-prefetch': /^\/[\w\-./$@()!%~]{0,500}$/,
  'next-router-state-tree': /^%5B[\w\-.~%!'()*]{1,8000}$/,
  'next-url': /^\/[\w\-./%~]{0,500}$/,
}

/** Cookies that pages read; of a session they get what `sessionOfPage` returns. */
const passedCookies = /^keybound-rail$/

/** The query parameters that Next puts in front of its own (`nxtP…`, `nxtI…`, `__next…`), but for the router's `_rsc`. */
const internalParameters = /^(?:nxt[A-Z]|__next)/

/** Leaves of a request for a page what pages need, so that no header from outside steers Next. Changes `request`. */
export function keepWhatPagesNeed(request: IncomingMessage): void {
  const [path = '', ...rest] = (request.url ?? '/').split('?')
  const query = rest.join('?').split('&')
  const isRouter = query.some((pair) => pair === '_rsc' || pair.startsWith('_rsc='))
  const isPassed = (name: string, value: string) =>
    passedHeaders.has(name) || (isRouter && routerHeaders[name]?.test(value) === true)
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && isPassed(name, value) ? [[name, value]] : [],
  )
  const cookies = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => passedCookies.test(pair.split('=')[0] ?? ''))
  if (cookies.length > 0) headers.push(['cookie', cookies.join('; ')])
  request.headers = Object.fromEntries(headers)
  request.rawHeaders = headers.flat()
  const kept = query.filter((pair) => pair !== '' && !internalParameters.test(decoded(pair)))
  request.url = kept.length > 0 ? `${path}?${kept.join('&')}` : path
}

function decoded(pair: string): string {
  try {
    return decodeURIComponent(pair)
  } catch {
    return pair
  }
}
