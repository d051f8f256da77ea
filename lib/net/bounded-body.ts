import type { IncomingMessage } from 'node:http'
import { PassThrough, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** A body that is not read to its end, and why. */
export class BodyError extends Error {
  override name = 'BodyError'
  constructor(readonly problem: 'too-large' | 'unknown-encoding' | 'broken') {
    super(problem)
  }
}

/** Content encodings that are read, and sent as `Accept-Encoding`; others are refused. */
export const acceptEncoding = 'gzip, deflate, br'

const decoders: Record<string, () => Transform> = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * The decoded body, at most `bytesMax` on the wire and at most `bytesMax` decoded. Both are counted while the bytes come
 * in, so a bomb or an endless body costs no more than one chunk beyond the limit. Stacked encodings are not unpacked.
 * @throws BodyError · the signal's reason
 */
export async function readBounded(response: IncomingMessage, bytesMax: number, signal: AbortSignal): Promise<Buffer> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase() || 'identity'
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined
  if (!decoder) throw new BodyError('unknown-encoding')
  if (Number(response.headers['content-length']) > bytesMax) throw new BodyError('too-large')

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    let decoded = 0
    const stop = (cause: unknown) => {
      // First, because what is destroyed complains of being cut off.
      reject(cause)
      signal.removeEventListener('abort', abort)
      response.destroy()
      decoder.destroy()
    }
    const abort = () => stop(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) return abort()

    response.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > bytesMax) stop(new BodyError('too-large'))
    })
    response.on('error', () => stop(new BodyError('broken')))
    response.on('aborted', () => stop(new BodyError('broken')))
    response.on('close', () => {
      if (!response.complete) stop(new BodyError('broken'))
    })
    decoder.on('error', () => stop(new BodyError('broken')))
    decoder.on('data', (chunk: Buffer) => {
      decoded += chunk.length
      if (decoded > bytesMax) return stop(new BodyError('too-large'))
      chunks.push(chunk)
    })
    decoder.on('end', () => {
      signal.removeEventListener('abort', abort)
      resolve(Buffer.concat(chunks))
    })
    response.pipe(decoder)
  })
}
