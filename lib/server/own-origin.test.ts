import { expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin'

const local = 'http://127.0.0.1:3000'

test.each([
  ['http://127.0.0.1:3000', '127.0.0.1:3000'],
  ['http://localhost:3000', 'localhost:3000'],
  ['http://192.168.1.7:3000', '192.168.1.7:3000'],
  ['http://[::1]:3000', '[::1]:3000'],
  ['https://keybound.example', 'keybound.example'],
])('%s is our own where it is what was asked', (origin, host) => {
  expect(isOwnOrigin(origin, host, local)).toBe(true)
  expect(isOwnOrigin(origin, 'elsewhere.example', local)).toBe(origin === local)
})

test('a name that another party has pointed at this server is not, whatever its headers say', () => {
  expect(isOwnOrigin('http://rebound.example:3000', 'rebound.example:3000', local)).toBe(false)
  expect(isOwnOrigin('http://localhost.example:3000', 'localhost.example:3000', local)).toBe(false)
  expect(isOwnOrigin('http://127.0.0.1.example', '127.0.0.1.example', local)).toBe(false)
  expect(isOwnOrigin('http://not a host', 'not a host', local)).toBe(false)
})

test('a name the operator gave is, with TLS or without', () => {
  expect(isOwnOrigin('http://nas.local:3000', 'nas.local:3000', 'http://nas.local:3000')).toBe(true)
  expect(isOwnOrigin('https://keybound.example', 'internal:3000', 'https://keybound.example')).toBe(true)
})

test('where the operator has TLS, nothing without it is', () => {
  expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000', 'https://keybound.example')).toBe(false)
})
