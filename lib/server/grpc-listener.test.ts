import { EventEmitter, once } from 'node:events'
import { connect, constants } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { call, codeOf, echo, type GrpcAnswer, grpcListeners, open } from '@/e2e/fixtures/grpc-listeners'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { grpcListener } from './grpc-listener'
import { peerHeader } from './peer'

const { served, raw, ended } = grpcListeners()

describe('the caller', () => {
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
    const never: GrpcAnswer = () => {
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
