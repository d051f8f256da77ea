import { EventEmitter, once } from 'node:events'
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type SecureClientSessionOptions,
} from 'node:http2'
import { type AddressInfo, connect as connectSocket, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { type GrpcLimits, grpcListener } from './grpc-listener'
import { peerHeader } from './peer'

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => Promise<void>

const ended: (() => void)[] = []
afterEach(() => {
  for (const end of ended.splice(0)) end()
})

const echo: Answer = async (request, response) => {
  response.end(JSON.stringify({ sent: await text(request), headers: request.headers }))
}

async function served(answer: Answer = echo, limits: Partial<GrpcLimits> = {}, trustedHops = 0) {
  const listener = grpcListener(answer, { tls: null, trustedHops, limits })
  listener.server.listen(0, '127.0.0.1')
  await once(listener.server, 'listening')
  ended.push(() => void listener.drain())
  const { port } = listener.server.address() as AddressInfo
  return { ...listener, port, session: (options?: SecureClientSessionOptions) => session(port, options) }
}

function session(port: number, options: SecureClientSessionOptions = {}): ClientHttp2Session {
  const client = connect(`http://127.0.0.1:${port}`, options).on('error', () => {})
  ended.push(() => client.destroy())
  return client
}

function raw(port: number): Socket {
  const socket = connectSocket(port, '127.0.0.1').on('error', () => {})
  ended.push(() => socket.destroy())
  return socket
}

const open = (client: ClientHttp2Session, headers: Record<string, string> = {}): ClientHttp2Stream =>
  client.request({ ':method': 'POST', ':path': '/a.B/C', ...headers }).on('error', () => {})

const call = async (client: ClientHttp2Session, headers: Record<string, string> = {}) =>
  JSON.parse(await text(open(client, headers).end('hello')))

/** What a stream was closed with. */
async function codeOf(stream: ClientHttp2Stream): Promise<number> {
  stream.resume()
  // Not `once` of node:events, which an error of the stream rejects.
  await new Promise((resolve) => stream.once('close', resolve))
  return stream.rstCode
}

/** A frame: three bytes of length, then type, flags, stream and what it carries (RFC 9113 §4.1). */
function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(9)
  header.writeUIntBE(payload.length, 0, 3)
  header.writeUInt8(type, 3)
  header.writeUInt8(flags, 4)
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, payload])
}
const preface = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0)])

/** The frames that have arrived whole. */
function framesIn(bytes: Buffer): { type: number; stream: number }[] {
  const frames = []
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    frames.push({ type: bytes.readUInt8(at + 3), stream: bytes.readUInt32BE(at + 5) })
  }
  return frames
}

/** A header as HPACK writes it in full; 0x40 = and puts it into the table (RFC 7541 §6.2). */
function literal(name: string, value: string, kind = 0): Buffer {
  return Buffer.concat([Buffer.from([kind]), lengthOf(name), Buffer.from(name), lengthOf(value), Buffer.from(value)])
}

/** A length with a prefix of seven bits (RFC 7541 §5.1). */
function lengthOf({ length }: string): Buffer {
  if (length < 127) return Buffer.from([length])
  const bytes = [127]
  let rest = length - 127
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

describe('who calls', () => {
  const forged = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', [peerHeader]: '203.0.113.9' }

  test('is the other end of the connection, whatever the headers say', async () => {
    const { session } = await served()
    const { headers } = await call(session(), forged)
    expect(headers[peerHeader]).toBe('127.0.0.1')
    expect(headers['x-forwarded-for']).toBeUndefined()
    expect(headers.forwarded).toBeUndefined()
  })

  test('is what as many proxies as are trusted have said', async () => {
    const { session } = await served(echo, {}, 1)
    const { headers } = await call(session(), { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })
    expect(headers[peerHeader]).toBe('203.0.113.9')
  })

  test('is never known by a cookie', async () => {
    const { session } = await served()
    expect((await call(session(), { cookie: 'keybound.session_token=x' })).headers.cookie).toBeUndefined()
  })
})

describe('what takes too long is ended', () => {
  test('a connection on which nothing is sent', async () => {
    const { port } = await served(echo, { firstCallMs: 10 })
    await once(raw(port).resume(), 'close')
  })

  test('a connection on which no call is begun', async () => {
    const { session } = await served(echo, { firstCallMs: 10 })
    await once(session(), 'close')
  })

  test('headers that never end', async () => {
    const { port } = await served(echo, { firstCallMs: 10 })
    const socket = raw(port).resume()
    socket.write(Buffer.concat([preface, frame(1, 0, 1, Buffer.from([0x83]))]))
    await once(socket, 'close')
  })

  test('a connection without a call since its last one', async () => {
    const { session } = await served(echo, { idleMs: 10 })
    const client = session()
    await call(client)
    await once(client, 'close')
  })

  test('a call whose body never ends', async () => {
    const { session } = await served(echo, { callMs: 10 })
    const stream = open(session())
    stream.write('a part of it')
    expect(await codeOf(stream)).toBe(constants.NGHTTP2_CANCEL)
  })

  test('an answer that is not read', async () => {
    const { session } = await served(echo, { readingMs: 10 })
    const client = session({ settings: { initialWindowSize: 0 } })
    const stream = open(client).end('hello')
    expect(await codeOf(stream)).toBe(constants.NGHTTP2_CANCEL)
  })
})

describe('what is too much is refused, and the others go on', () => {
  const never: Answer = () => new Promise(() => {})

  test('calls of one caller at once', async () => {
    const { session } = await served(never, { callsPerCaller: 3 })
    const client = session()
    const running = [open(client).end(), open(client).end(), open(client).end()]
    expect(await codeOf(open(client).end())).toBe(constants.NGHTTP2_REFUSED_STREAM)
    expect(running.every(({ closed }) => !closed)).toBe(true)
  })

  test('calls of all callers at once', async () => {
    const { session } = await served(never, { calls: 2 }, 1)
    const client = session()
    for (const caller of ['198.51.100.1', '198.51.100.2']) open(client, { 'x-forwarded-for': caller }).end()
    const third = open(client, { 'x-forwarded-for': '198.51.100.3' }).end()
    expect(await codeOf(third)).toBe(constants.NGHTTP2_REFUSED_STREAM)
  })

  test('a call that has ended is no longer counted', async () => {
    const { session } = await served(echo, { calls: 1, callsPerCaller: 1 })
    const client = session()
    for (let round = 0; round < 5; round++) expect((await call(client)).sent).toBe('hello')
  })

  test.each(['connectionsPerAddress', 'connections'])('%s: an idle one is closed for a new one', async (limit) => {
    const { session } = await served(echo, { [limit]: 1 })
    const client = session()
    await call(client)
    const closed = once(client, 'close')
    expect((await call(session())).sent).toBe('hello')
    await closed
  })

  test.each(['connectionsPerAddress', 'connections'])(
    '%s: while all are in use, a new one is closed',
    async (limit) => {
      const begun = new EventEmitter()
      const { session, port } = await served(
        async (request, response) => {
          begun.emit('call')
          await once(begun, 'finish')
          await echo(request, response)
        },
        { [limit]: 1 },
      )
      const calling = once(begun, 'call')
      const answer = call(session())
      await calling
      await once(raw(port).resume(), 'close')
      begun.emit('finish')
      expect((await answer).sent).toBe('hello')
    },
  )

  test.each([
    ['a header of more than 16 KiB', [literal('x-long', 'a'.repeat(20_000))]],
    ['headers that become more than 16 KiB', [literal('x-long', 'a'.repeat(3_900), 0x40), Buffer.alloc(200, 0xbe)]],
    ['more than 100 headers', Array.from({ length: 120 }, (_, at) => literal(`x-${at}`, 'a'))],
  ])('%s', async (_, headers) => {
    const answer = vi.fn(echo)
    const { session, port } = await served(answer)
    const socket = raw(port)
    const block = Buffer.concat([Buffer.from([0x83, 0x84, 0x86, 0x41, 0x01, 0x61]), ...headers])
    const [first = block, ...more] = Array.from({ length: Math.ceil(block.length / 16_000) }, (_, at) =>
      block.subarray(at * 16_000, (at + 1) * 16_000),
    )
    const isLast = (at: number) => (at === more.length - 1 ? 4 : 0)
    const frames = [
      frame(1, more.length === 0 ? 5 : 1, 1, first),
      ...more.map((part, at) => frame(9, isLast(at), 1, part)),
    ]
    socket.write(Buffer.concat([preface, ...frames]))
    const answered = new Promise((resolve) => {
      let seen = Buffer.alloc(0)
      socket.on('data', (chunk) => {
        seen = Buffer.concat([seen, chunk])
        // RST_STREAM or GOAWAY.
        if (framesIn(seen).some(({ type }) => type === 3 || type === 7)) resolve(true)
      })
      socket.once('close', resolve)
    })
    await answered
    expect(answer).not.toHaveBeenCalled()
    expect((await call(session())).sent).toBe('hello')
  })
})

describe('a flood ends its own connection, and nobody else notices', () => {
  test('streams that are reset as soon as they are opened (CVE-2023-44487)', async () => {
    const { session, port } = await served()
    const socket = raw(port).resume()
    const request = Buffer.from([0x83, 0x84, 0x86, 0x41, 0x01, 0x61])
    const cancel = Buffer.from([0, 0, 0, constants.NGHTTP2_CANCEL])
    const streams = Array.from({ length: 3_000 }, (_, at) => 2 * at + 1)
    socket.write(preface)
    socket.write(Buffer.concat(streams.flatMap((id) => [frame(1, 4, id, request), frame(3, 0, id, cancel)])))
    await once(socket, 'close')
    expect((await call(session())).sent).toBe('hello')
  })

  test('headers that go on and on (CVE-2024-27983)', async () => {
    const { session, port } = await served()
    const socket = raw(port).resume()
    const more = Array.from({ length: 200 }, () => frame(9, 0, 1, Buffer.from([0x84])))
    socket.write(Buffer.concat([preface, frame(1, 0, 1, Buffer.from([0x83])), ...more]))
    await once(socket, 'close')
    expect((await call(session())).sent).toBe('hello')
  })

  test.each([
    ['pings', frame(6, 0, 0, Buffer.alloc(8))],
    ['settings', frame(4, 0, 0, Buffer.from([0, 3, 0, 0, 0, 1]))],
    ['empty data', frame(0, 0, 1)],
    ['window updates', frame(8, 0, 0, Buffer.from([0, 0, 0, 1]))],
    ['priorities', frame(2, 0, 3, Buffer.from([0, 0, 0, 0, 1]))],
  ])('%s whose answers are not read', async (_, one) => {
    const { session, port } = await served()
    const socket = raw(port).pause()
    socket.write(preface)
    socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => one)))
    expect((await call(session())).sent).toBe('hello')
  })

  test('another protocol', async () => {
    const { session, port } = await served()
    const socket = raw(port).resume()
    socket.write('GET / HTTP/1.1\r\nhost: keybound.example\r\n\r\n')
    await once(socket, 'close')
    expect((await call(session())).sent).toBe('hello')
  })
})

describe('draining', () => {
  test('lets a running call finish, and ends the connection', async () => {
    const begun = new EventEmitter()
    const { session, drain } = await served(async (_, response) => {
      begun.emit('call')
      await once(begun, 'finish')
      response.end('all of it')
    })
    const calling = once(begun, 'call')
    const answer = text(open(session()).end('hello'))
    await calling
    const drained = drain()
    begun.emit('finish')
    expect(await answer).toBe('all of it')
    await drained
  })

  test('ends connections without a call at once', async () => {
    const { session, drain } = await served()
    const client = session()
    await call(client)
    await drain()
  })

  test('cuts off a call that does not end', async () => {
    const begun = new EventEmitter()
    const never: Answer = () => {
      begun.emit('call')
      return new Promise(() => {})
    }
    const { session, drain } = await served(never, { drainMs: 10 })
    const calling = once(begun, 'call')
    const closing = codeOf(open(session()).end())
    await calling
    await drain()
    await closing
  })
})

test('an answer that fails is a reset stream, and the process goes on', async () => {
  const { session } = await served(async () => {
    throw new Error('a fault of ours')
  })
  const client = session()
  expect(await codeOf(open(client).end())).toBe(constants.NGHTTP2_INTERNAL_ERROR)
  expect(client.destroyed).toBe(false)
})

test('over TLS, with the certificate it was given', async () => {
  const authority = createAuthority()
  const listener = grpcListener(echo, { tls: authority.issue({ names: ['127.0.0.1'] }), trustedHops: 0 })
  listener.server.listen(0, '127.0.0.1')
  await once(listener.server, 'listening')
  const { port } = listener.server.address() as AddressInfo
  const client = connect(`https://127.0.0.1:${port}`, { ca: authority.cert })
  ended.push(
    () => client.destroy(),
    () => void listener.drain(),
  )
  expect((await call(client)).sent).toBe('hello')
  await once(raw(port).resume().end('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'close')
})
