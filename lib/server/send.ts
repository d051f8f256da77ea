import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { AppError } from '@/lib/errors'
import type { Answer } from './answer'
import { databaseFailure } from './database-health'
import { log } from './log'

/** Below this, compressing costs more than it saves. */
const compressedBytesMin = 8 * 1024

/** Writes an answer whole. To a caller who is gone, nothing. */
export async function send(
  { status, headers, cookies = [], body: text }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const name in headers) response.setHeader(name, headers[name] ?? '')
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.statusCode = status
  if (hasNoBody(status)) return void response.end()
  if (text !== null && typeof text !== 'string') return sendPieces(text, request, response)
  const body = mayBeCompressed(text, request) ? await compressed(text, request, response) : (text ?? '')
  if (response.destroyed) return
  // A text leaves in one write with the headers.
  response.setHeader('content-length', Buffer.byteLength(body)).end(request.method === 'HEAD' ? undefined : body)
}

/**
 * A reader that takes nothing of a body for `ms`, or less than `bytesPerSecond` after that, is cut off: what is being made holds a place and rows in
 * memory. Only the time in which the reader is waited for counts.
 */
export type Patience = { ms: number; bytesPerSecond: number }
const patience: Patience = { ms: 60_000, bytesPerSecond: 32 * 1024 }

/** Sends a body while it is made, no faster than it is taken. What fails then is logged, and cuts the answer off. */
export async function sendPieces(
  pieces: AsyncIterator<string | Uint8Array>,
  request: Pick<IncomingMessage, 'method'>,
  response: ServerResponse,
  limits = patience,
): Promise<void> {
  if (request.method === 'HEAD' || response.destroyed) {
    await pieces.return?.()
    return void response.end()
  }
  const slow = new AbortController()
  const body = { [Symbol.asyncIterator]: () => withPatience(pieces, limits, () => slow.abort()) }
  await pipeline(Readable.from(body, { objectMode: true }), response, { signal: slow.signal }).catch(
    (error: unknown) => {
      // The caller may no longer read: no fault of ours.
      if (isAbort(error) || error instanceof AppError) return
      if (!databaseFailure(error, {})) log.error({ err: error }, 'an answer was cut off')
    },
  )
}

/** The same pieces; `onSlow` is called when one has been made and the next is not asked for in time. */
export function withPatience<Piece extends string | Uint8Array>(
  pieces: AsyncIterator<Piece>,
  { ms, bytesPerSecond }: Patience,
  onSlow: () => void,
): AsyncIterator<Piece> {
  let timer: NodeJS.Timeout | undefined
  let madeMs: number | null = null
  /** How much longer the reader is waited for; each byte it takes adds some. */
  let leftMs = ms
  const asked = () => {
    clearTimeout(timer)
    if (madeMs !== null) leftMs -= performance.now() - madeMs
    madeMs = null
  }
  return {
    async next() {
      asked()
      const made = await pieces.next()
      if (made.done) return made
      leftMs += (Buffer.byteLength(made.value) / bytesPerSecond) * 1000
      madeMs = performance.now()
      timer = setTimeout(onSlow, Math.max(0, Math.min(ms, leftMs))).unref()
      return made
    },
    async return() {
      clearTimeout(timer)
      await pieces.return?.()
      return { done: true, value: undefined }
    },
  }
}

const isAbort = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR')

const hasNoBody = (status: number) => status === 204 || status === 304

/** Reads only, and long ones: what answers a write may hold a secret beside what the caller chose (BREACH). */
const mayBeCompressed = (text: string | null, { method }: IncomingMessage): text is string =>
  text !== null && (method === 'GET' || method === 'HEAD') && Buffer.byteLength(text) >= compressedBytesMin

async function compressed(text: string, request: IncomingMessage, response: ServerResponse): Promise<Buffer | string> {
  response.appendHeader('vary', 'accept-encoding')
  if (!/\bgzip\b(?!;\s*q=0(?:\.0*)?(?:,|$))/i.test(request.headers['accept-encoding']?.toString() ?? '')) return text
  response.setHeader('content-encoding', 'gzip')
  return promisify(gzip)(text)
}
