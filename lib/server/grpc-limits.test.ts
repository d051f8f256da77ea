import { EventEmitter, once } from 'node:events'
import { constants } from 'node:http2'
import { describe, expect, test, vi } from 'vitest'
import { call, codeOf, echo, type GrpcAnswer, grpcListeners, open } from '@/e2e/fixtures/grpc-listeners'
import { frame, framesIn, literal, preface } from '@/e2e/peers/http2-frames'

const { served, raw } = grpcListeners()

describe('time limits', () => {
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

describe('excess is refused, and other callers are served', () => {
  const never: GrpcAnswer = () => new Promise(() => {})

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
