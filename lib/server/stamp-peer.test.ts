import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { stampPeer } from './stamp-peer'

const requestFrom = (address: string | undefined, headers: Record<string, string>) => {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  return Object.assign(new IncomingMessage(socket), { headers })
}

test('a caller cannot choose the address it is known by', () => {
  const request = requestFrom('203.0.113.9', { 'x-keybound-peer': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' })
  stampPeer(request, 0)
  expect(request.headers).toEqual({ 'x-keybound-peer': '203.0.113.9' })
})

test('a caller that is gone has no address, not the one it wrote', () => {
  const request = requestFrom(undefined, { 'x-keybound-peer': '127.0.0.1' })
  stampPeer(request, 0)
  expect(request.headers).toEqual({})
})

test('behind a trusted proxy its word counts', () => {
  const headers = { 'x-keybound-peer': '127.0.0.1', 'x-forwarded-for': '9.9.9.9, 203.0.113.9' }
  const request = requestFrom('10.0.0.1', headers)
  stampPeer(request, 1)
  expect(request.headers['x-keybound-peer']).toBe('203.0.113.9')
})
