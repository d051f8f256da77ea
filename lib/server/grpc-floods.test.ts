import { once } from 'node:events'
import { constants } from 'node:http2'
import { describe, expect, test } from 'vitest'
import { call, grpcListeners } from '@/e2e/fixtures/grpc-listeners'
import { frame, preface } from '@/e2e/peers/http2-frames'

const { served, raw } = grpcListeners()

describe('a flood ends its own connection and no other', () => {
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
