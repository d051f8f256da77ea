import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** Below this, compressing costs more than it saves. */
const compressedBytesMin = 8 * 1024

/** Writes an answer whole. To a caller who is gone, nothing. */
export async function send(answer: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.statusCode = answer.status
  const body = await compressed(bytes, request, response)
  if (response.destroyed) return
  if (hasNoBody(answer.status)) response.end()
  else response.setHeader('content-length', body.byteLength).end(request.method === 'HEAD' ? undefined : body)
}

const hasNoBody = (status: number) => status === 204 || status === 304

/** Reads only, and long ones: what answers a write may hold a secret beside what the caller chose (BREACH). */
async function compressed(bytes: Buffer, request: IncomingMessage, response: ServerResponse): Promise<Buffer> {
  if (bytes.byteLength < compressedBytesMin || (request.method !== 'GET' && request.method !== 'HEAD')) return bytes
  response.appendHeader('vary', 'accept-encoding')
  if (!/\bgzip\b(?!;\s*q=0(?:\.0*)?(?:,|$))/i.test(request.headers['accept-encoding']?.toString() ?? '')) return bytes
  response.setHeader('content-encoding', 'gzip')
  return promisify(gzip)(bytes)
}
