import { get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { startJwksServer } from '@/e2e/peers/jwks-server'
import { readBounded } from './bounded-body'

test('reading ends with the signal, whatever made the request', async () => {
  const server = await startJwksServer()
  server.mode = 'drip'
  const response = await new Promise<IncomingMessage>((resolve) => get(server.jwksUrl, resolve))
  const reason = new Error('enough')
  const stop = new AbortController()
  const body = readBounded(response, 1_000_000, stop.signal)
  stop.abort(reason)
  await expect(body).rejects.toBe(reason)
  await expect(readBounded(response, 1_000_000, stop.signal)).rejects.toBe(reason)
  await server.stop()
})
