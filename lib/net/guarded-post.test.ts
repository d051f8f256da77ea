import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { guardedPost } from './guarded-post'

const authority = createAuthority()
const loopback = parseAllowedOrigins('127.0.0.1/32')
const servers: (Server & { closeAllConnections: () => void })[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function receiver(answer: RequestListener, isTls = false): Promise<string> {
  const server = isTls ? createHttpsServer(authority.issue(), answer) : createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `${isTls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}/hook?of=a`
}
const post = (url: string, options: Parameters<typeof guardedPost>[1] = { allowed: loopback }, caCert = '') =>
  guardedPost(
    { url, caCert, body: '{"a":"ö"}', headers: { 'content-type': 'application/json', 'webhook-id': '1' } },
    options,
  )

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('body and headers arrive, over TLS with the authority that is given', async () => {
  const seen: { request: IncomingMessage; body: string }[] = []
  const url = await receiver(async (request, response) => {
    seen.push({ request, body: await bodyOf(request) })
    response.writeHead(204).end()
  }, true)
  expect(await post(url, { allowed: loopback }, authority.cert)).toMatchObject({ ok: true, status: 204, answer: null })
  expect(seen).toMatchObject([{ request: { method: 'POST', url: '/hook?of=a' }, body: '{"a":"ö"}' }])
  expect(seen[0]?.request.headers).toMatchObject({
    'webhook-id': '1',
    'content-length': '10',
    'user-agent': 'Keybound',
  })
  const untrusted = await post(url)
  expect(untrusted).toMatchObject({ ok: false, status: null })
  expect(untrusted.message).toMatch(/^The receiver.*(certificate|authority)/)
})

test('a private address is not sent to unless it is listed', async () => {
  let requests = 0
  const url = await receiver((_, response) => {
    requests += 1
    response.end()
  })
  const none = { allowed: [] }
  for (const href of [url, url.replace('http:', 'https:'), 'https://169.254.169.254/', 'https://localhost/']) {
    expect(await post(href, none), href).toMatchObject({
      ok: false,
      status: null,
      message: expect.stringMatching(/WEBHOOK_ALLOWED_ORIGINS/),
    })
  }
  const pointed = await post('https://siem.example/', { allowed: [], lookup: async () => ['10.0.0.1'] })
  expect(pointed.message).toMatch(/public/)
  expect(requests).toBe(0)
})

test('a redirect is not followed', async () => {
  const paths: (string | undefined)[] = []
  const url = await receiver((request, response) => {
    paths.push(request.url)
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  expect(await post(url)).toMatchObject({ ok: false, status: 307, message: expect.stringMatching(/redirect/) })
  expect(paths).toHaveLength(1)
})

test('of an answer that is no success the beginning is read, however long it is', async () => {
  const url = await receiver((_, response) => {
    response.writeHead(500, { 'retry-after': '99999' })
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(16_384), more)
    }
    more()
  })
  const answer = await post(url)
  expect(answer).toMatchObject({ ok: false, status: 500, retryAfterSeconds: 3_600 })
  expect(answer.answer).toBe('x'.repeat(500))
})

test('a success counts however its body goes on', async () => {
  const url = await receiver((_, response) => void response.writeHead(200).write('{'))
  expect(await post(url)).toMatchObject({ ok: true, status: 200 })
})

test('a receiver that does not answer is given up at the deadline', async () => {
  const url = await receiver(() => {})
  expect(await post(url, { allowed: loopback, deadlineMs: 50 })).toMatchObject({
    ...{ ok: false, status: null },
    message: expect.stringMatching(/did not answer within/),
  })
})

test('a failure is told in words about a receiver', async () => {
  const url = await receiver((request) => void request.socket.destroy())
  const { message } = await post(url)
  expect(message).toMatch(/^The receiver cannot be reached/)
})
