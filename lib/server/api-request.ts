import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/**
 * What a handler reads of a request. A WHATWG `Request` is one; `server.ts` hands in Node's own message, which costs less.
 * The origin of `url` is a placeholder there: nothing may depend on how the server was addressed but through `Host`.
 */
export type ApiRequest = {
  method: string
  url: string
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
  /** The headers as Node has them. */
  sent?: IncomingHttpHeaders
}

const placeholderOrigin = 'http://keybound.invalid'

/** @param target path and query, as sent */
export function toApiRequest(message: IncomingMessage, target: string): ApiRequest {
  const method = message.method ?? 'GET'
  let made: Headers | null = null
  return {
    method,
    url: placeholderOrigin + target,
    // Most requests are answered without them.
    get headers() {
      made ??= toHeaders(message.headers)
      return made
    },
    body: hasBody(method) ? bodyOf(message) : null,
    sent: message.headers,
  }
}

/**
 * A message's bytes. Who stops reading them leaves the message as it is: destroyed, its connection would read nothing more, and
 * the next request on it would get no answer. The rest is dropped when this one is answered (connections.ts).
 */
const bodyOf = (message: IncomingMessage): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => message.iterator({ destroyOnReturn: false }),
})

/** One header of a request, as `Headers` gives it. @param name in lower case */
export function headerOf(request: Pick<ApiRequest, 'headers' | 'sent'>, name: string): string | null {
  if (!request.sent) return request.headers.get(name)
  const value = request.sent[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}

/** The headers of a message, without the pseudo-headers of HTTP/2. */
export function toHeaders(sent: IncomingHttpHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(sent)) {
    if (name.startsWith(':')) continue
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  return headers
}

/** A body of GET or HEAD means nothing (RFC 9110 §9.3.1); some clients send one. */
const hasBody = (method: string) => method !== 'GET' && method !== 'HEAD'
