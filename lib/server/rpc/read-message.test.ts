import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { Code } from '@connectrpc/connect'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessage } from './read-message'
import { wireFormatOf } from './wire-format'

const frame = (flags: number, length: number, data: Uint8Array = Buffer.alloc(0)) => {
  const header = Buffer.alloc(5)
  header.writeUInt8(flags)
  header.writeUInt32BE(length, 1)
  return Buffer.concat([header, data])
}
const message = Buffer.from('what was sent')
const whole = frame(0, message.length, message)

type Sent = { body: Uint8Array; type?: string; headers?: Record<string, string>; isOpen?: boolean; bytesMax?: number }

/** Reads a body; one that `isOpen` goes on, and nothing more arrives. */
function read({ body, type = 'application/grpc-web', headers = {}, isOpen = false, bytesMax = 1000 }: Sent) {
  const stream = new PassThrough()
  stream.write(body)
  if (!isOpen) stream.end()
  return readMessage(stream, new Headers(headers), wireFormatOf(type)!, { bytesMax, patienceMs: 60_000 })
}

describe('a whole message is read', () => {
  test.each<[string, Sent]>([
    ['in a frame', { body: whole }],
    ['in a frame, compressed', { body: gzipped(message), headers: { 'grpc-encoding': 'gzip' } }],
    ['in a frame, uncompressed though gzip is named', { body: whole, headers: { 'grpc-encoding': 'gzip' } }],
    ['in base64', { body: Buffer.from(whole.toString('base64')), type: 'application/grpc-web-text' }],
    [
      'in base64 of chunks',
      {
        body: Buffer.from(`${whole.subarray(0, 4).toString('base64')}${whole.subarray(4).toString('base64')}`),
        type: 'application/grpc-web-text',
      },
    ],
    ['as it is', { body: message, type: 'application/proto' }],
    [
      'as it is, compressed',
      { body: gzipSync(message), type: 'application/json', headers: { 'content-encoding': 'gzip' } },
    ],
  ])('%s', async (_, sent) => {
    expect(Buffer.from(await read(sent)).toString()).toBe('what was sent')
  })

  test('however its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 }), async (cuts) => {
        const stream = new PassThrough()
        let at = 0
        for (const cut of cuts) {
          stream.write(whole.subarray(at, at + cut))
          at += cut
        }
        stream.end(whole.subarray(at))
        const format = wireFormatOf('application/grpc')!
        expect(Buffer.from(await readMessage(stream, new Headers(), format)).toString()).toBe('what was sent')
      }),
    )
  })
})

describe('an error is reported without waiting for the rest', () => {
  const open = true
  test.each<[string, Sent, Code]>([
    [
      'a frame longer than the body will be',
      { body: frame(0, 100), headers: { 'content-length': '7' } },
      Code.InvalidArgument,
    ],
    ['a body longer than its frame', { body: frame(0, 0), headers: { 'content-length': '100' } }, Code.InvalidArgument],
    ['two frames', { body: Buffer.concat([whole, whole]) }, Code.InvalidArgument],
    ['trailers in place of a message', { body: frame(0x80, 20) }, Code.InvalidArgument],
    ['unknown flags', { body: frame(0x42, 0) }, Code.InvalidArgument],
    ['a frame that announces megabytes', { body: frame(0, 0x7fffffff) }, Code.ResourceExhausted],
    ['a frame that announces more than 31 bits can say', { body: frame(0, 0xffffffff) }, Code.ResourceExhausted],
    [
      'a body that announces megabytes',
      { body: frame(0, 0), headers: { 'content-length': '9999999' } },
      Code.ResourceExhausted,
    ],
    ['a message that goes on and on', { body: Buffer.alloc(1001), type: 'application/json' }, Code.ResourceExhausted],
    [
      'base64 that goes on and on',
      { body: Buffer.alloc(1400, 65), type: 'application/grpc-web-text' },
      Code.ResourceExhausted,
    ],
  ])('%s', async (_, sent, code) => {
    await expect(read({ ...sent, isOpen: open })).rejects.toMatchObject({ code })
  })
})

describe('errors are reported at the end', () => {
  test.each<[string, Sent, Code]>([
    ['nothing at all', { body: Buffer.alloc(0) }, Code.InvalidArgument],
    ['half a header', { body: Buffer.from([0, 0]) }, Code.InvalidArgument],
    ['a frame cut short', { body: frame(0, 100, message) }, Code.InvalidArgument],
    [
      'a compressed frame that is not compressed',
      { body: frame(1, 2, Buffer.from('no')), headers: { 'grpc-encoding': 'gzip' } },
      Code.InvalidArgument,
    ],
    ['an encoding that no header names', { body: frame(1, 2, Buffer.from('no')) }, Code.InvalidArgument],
    [
      'an unknown encoding',
      { body: frame(1, 2, Buffer.from('no')), headers: { 'grpc-encoding': 'br' } },
      Code.Unimplemented,
    ],
    [
      'a bomb in a frame',
      { body: gzipped(Buffer.alloc(1_000_000)), headers: { 'grpc-encoding': 'gzip' }, bytesMax: 10_000 },
      Code.ResourceExhausted,
    ],
    [
      'a bomb',
      {
        body: gzipSync(Buffer.alloc(1_000_000)),
        type: 'application/json',
        headers: { 'content-encoding': 'gzip' },
        bytesMax: 10_000,
      },
      Code.ResourceExhausted,
    ],
    [
      'text that is not base64',
      { body: Buffer.from('AAAA!AAA'), type: 'application/grpc-web-text' },
      Code.InvalidArgument,
    ],
    [
      'base64 without its padding',
      { body: Buffer.from('AAAAA'), type: 'application/grpc-web-text' },
      Code.InvalidArgument,
    ],
  ])('%s', async (_, sent, code) => {
    await expect(read(sent)).rejects.toMatchObject({ code })
  })
})

test('a body that stops arriving is given up, and what comes later is dropped', async () => {
  const stream = new PassThrough()
  stream.write(frame(0, 100))
  const reading = readMessage(stream, new Headers(), wireFormatOf('application/grpc')!, {
    bytesMax: 1000,
    patienceMs: 10,
  })
  await expect(reading).rejects.toMatchObject({ code: Code.DeadlineExceeded })
  stream.write(message)
  expect(stream.isPaused()).toBe(false)
  stream.destroy(new Error('reset'))
})

test('a body that is cut off is an answer, not a crash', async () => {
  const stream = new PassThrough()
  stream.write(frame(0, 100))
  const reading = readMessage(stream, new Headers(), wireFormatOf('application/grpc')!)
  stream.destroy(new Error('ECONNRESET'))
  await expect(reading).rejects.toMatchObject({ code: Code.InvalidArgument })
})

function gzipped(bytes: Uint8Array) {
  const compressed = gzipSync(bytes)
  return frame(1, compressed.length, compressed)
}
