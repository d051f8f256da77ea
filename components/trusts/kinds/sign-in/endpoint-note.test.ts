import { expect, test } from 'vitest'
import { endpointNote } from './endpoint-note'

const own = 'https://keybound.example.com'

test.each([
  'https://portal.example.com/auth/jwt',
  'https://portal.example.com/auth/jwt?tenant=acme',
  'http://127.0.0.1:5080/auth/jwt',
  'http://localhost:5080/auth/jwt',
  'http://[::1]:5080/auth/jwt',
  // A gateway may be in front of Keybound on its own host.
  'https://keybound.example.com/auth/jwt',
  '',
  'not yet a URL',
])('nothing is said about %j', (endpoint) => {
  expect(endpointNote(endpoint, own)).toBeNull()
})

test.each(['http://portal.example.com/auth/jwt', 'http://10.0.0.1/auth/jwt', 'http://127.0.0.1.example.com/'])(
  'plain http to another machine is pointed out: %s',
  (endpoint) => {
    expect(endpointNote(endpoint, own)).toMatch(/Use https/)
  },
)

test('the callback given as the endpoint is a loop, and is said to be one', () => {
  expect(endpointNote('https://keybound.example.com/idps/jwt', own)).toMatch(/Keybound’s own address/)
})
