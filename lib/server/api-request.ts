import type { IncomingMessage } from 'node:http'

/**
 * What a handler reads of a request. A WHATWG `Request` is one; `server.ts` hands in Node's own message, which costs less.
 * The origin of `url` is a placeholder there: nothing may depend on how the server was addressed but through `Host`.
 */
export type ApiRequest = {
  method: string
  url: string
  headers: Headers
  body: AsyncIterable<Uint8Array> | null
}

const placeholderOrigin = 'http://keybound.invalid'

/** @param target path and query, as sent */
export function toApiRequest(message: IncomingMessage, target: string): ApiRequest {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  const method = message.method ?? 'GET'
  return { method, url: placeholderOrigin + target, headers, body: hasBody(method) ? message : null }
}

/** A body of GET or HEAD means nothing (RFC 9110 §9.3.1); some clients send one. */
const hasBody = (method: string) => method !== 'GET' && method !== 'HEAD'
