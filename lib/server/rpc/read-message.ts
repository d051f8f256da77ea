import type { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { Code, ConnectError } from '@connectrpc/connect'
import { bodyBytesMax } from '../read-body'
import type { WireFormat } from './wire-format'

/** The prefix of a message: a byte of flags and four of length (gRPC over HTTP/2, Length-Prefixed-Message). */
const frameHeaderBytes = 5

const defaults = {
  bytesMax: bodyBytesMax,
  /** How long a body may take to arrive. */
  patienceMs: 15_000,
}

export type IncomingBody = Pick<Readable, 'on' | 'off' | 'resume'>

/**
 * The one message in a call's body, without its frame and uncompressed. What is wrong is told as soon as it shows, without
 * waiting for the rest.
 * @throws ConnectError
 */
export async function readMessage(
  body: IncomingBody,
  headers: Headers,
  { protocol, isText }: WireFormat,
  { bytesMax, patienceMs } = defaults,
): Promise<Uint8Array> {
  const isFramed = protocol !== 'connect'
  const largest = isFramed ? bytesMax + frameHeaderBytes : bytesMax
  // Base64 writes three bytes as four characters.
  const bodyMax = isText ? Math.ceil(largest / 3) * 4 : largest
  const announced = announcedLength(headers)
  if (announced !== null && announced > bodyMax) throw tooLarge(bytesMax)
  const check = (head: Uint8Array, size: number) => {
    if (size > bodyMax) throw tooLarge(bytesMax)
    if (isFramed && !isText && head.length === frameHeaderBytes)
      requireFrame(head, announced ?? size, announced !== null)
  }
  const sent = await readWhole(body, check, patienceMs)
  const whole = isText ? fromBase64(sent) : sent
  if (!isFramed) return decompressed(whole, headers.get('content-encoding'), bytesMax)
  if (whole.length < frameHeaderBytes)
    throw malformed(`The body has ${whole.length} bytes; a message's frame has 5 or more.`)
  requireFrame(whole, whole.length, true)
  const message = whole.subarray(frameHeaderBytes)
  if (whole[0] !== 1) return message
  const encoding = headers.get('grpc-encoding') ?? 'identity'
  if (encoding === 'identity')
    throw malformed('The frame is flagged as compressed, and grpc-encoding names no compression.')
  return decompressed(message, encoding, bytesMax)

  /** @param isAll whether `size` is the size of the whole body, or only what has arrived */
  function requireFrame(head: Uint8Array, size: number, isAll: boolean): void {
    const flags = head[0] ?? 0
    const length = new DataView(head.buffer, head.byteOffset).getUint32(1)
    if (flags === 0x80) throw malformed('The body has trailers and no message; a unary call sends one message.')
    if (flags > 1) throw malformed(`The frame's flags are ${flags}; 0 and 1 are known.`)
    if (length > bytesMax) throw tooLarge(bytesMax)
    const follow = size - frameHeaderBytes
    if (follow > length) throw malformed(`${follow} bytes follow a frame of ${length}; a unary call sends one message.`)
    if (isAll && follow < length) throw malformed(`The frame announces ${length} bytes, and ${follow} follow.`)
  }
}

function announcedLength(headers: Headers): number | null {
  const length = headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}

/** Reads to the end. `check` is given the first bytes, up to a frame's header, and how many have arrived. */
function readWhole(
  body: IncomingBody,
  check: (head: Uint8Array, size: number) => void,
  patienceMs: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let head: Uint8Array = Buffer.alloc(0)
    let size = 0
    const settle = (act: () => void) => {
      clearTimeout(timer)
      body.off('data', take).off('end', finish).off('error', cutOff).off('aborted', cutOff).off('close', cutOff)
      // The rest is read and dropped, so that the answer reaches a client that is still sending.
      body.on('error', () => {}).resume()
      act()
    }
    const take = (chunk: Uint8Array) => {
      size += chunk.length
      chunks.push(chunk)
      if (head.length < frameHeaderBytes) head = Buffer.concat([head, chunk]).subarray(0, frameHeaderBytes)
      try {
        check(head, size)
      } catch (error) {
        settle(() => reject(error))
      }
    }
    const finish = () => settle(() => resolve(Buffer.concat(chunks)))
    const cutOff = () => settle(() => reject(malformed('The body was cut off.')))
    const timer = setTimeout(() => settle(() => reject(tooSlow(patienceMs))), patienceMs)
    body.on('data', take).on('end', finish).on('error', cutOff).on('aborted', cutOff).on('close', cutOff)
  })
}

/** @throws ConnectError for an encoding that is missing or unknown, broken data, and more than `bytesMax` inside */
function decompressed(bytes: Uint8Array, encoding: string | null, bytesMax: number): Uint8Array {
  const name = encoding?.trim().toLowerCase() ?? 'identity'
  if (name === 'identity') return bytes
  if (name !== 'gzip') throw new ConnectError(`unknown compression "${name}"; gzip is known`, Code.Unimplemented)
  try {
    return gunzipSync(bytes, { maxOutputLength: bytesMax })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge(bytesMax) : malformed('The message is not gzip.')
  }
}

/** Base64 that may be padded in the middle, where a client has encoded chunk by chunk. */
function fromBase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const parts = text.match(/[^=]+=*/g) ?? []
  if (/[^A-Za-z0-9+/=]/.test(text) || parts.some((part) => part.length % 4 !== 0 || part.endsWith('==='))) {
    throw malformed('The body is not base64, as application/grpc-web-text is.')
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')))
}

const malformed = (message: string) => new ConnectError(message, Code.InvalidArgument)

const tooLarge = (bytesMax: number) =>
  new ConnectError(`The message is larger than ${bytesMax} bytes.`, Code.ResourceExhausted)

const tooSlow = (patienceMs: number) =>
  new ConnectError(`The body did not arrive within ${patienceMs / 1000} seconds.`, Code.DeadlineExceeded)
