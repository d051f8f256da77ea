import { expect, test } from 'vitest'
import { believedPeer } from './peer'

test.each([
  ['without trusted proxies the socket alone is believed', '203.0.113.9', '198.51.100.1', 0, '203.0.113.9'],
  ['one proxy: what it appended', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
  ['one proxy: what the caller wrote itself is not believed', '10.0.0.1', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
  ['two proxies: the second from the right', '10.0.0.2', '1.1.1.1, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
  ['a missing header leaves the socket', '10.0.0.1', undefined, 1, '10.0.0.1'],
  ['an empty header leaves the socket', '10.0.0.1', '', 2, '10.0.0.1'],
  ['a chain shorter than configured ends at its last address', '10.0.0.1', '203.0.113.9', 3, '203.0.113.9'],
  ['rubbish in the chain stops the belief before it', '10.0.0.1', '1.1.1.1, unknown, 10.0.0.7', 3, '10.0.0.7'],
  ['rubbish at the end leaves the socket', '10.0.0.1', '1.1.1.1, <script>', 2, '10.0.0.1'],
  ['an IPv4 address in IPv6 clothes is IPv4', '::ffff:203.0.113.9', undefined, 0, '203.0.113.9'],
  ['the same in a header', '10.0.0.1', '::FFFF:203.0.113.9', 1, '203.0.113.9'],
  ['a port is left out', '10.0.0.1', '203.0.113.9:4711', 1, '203.0.113.9'],
  ['brackets and port are left out', '10.0.0.1', '[2001:DB8::1]:443', 1, '2001:db8::1'],
  ['a zone is left out', 'fe80::1%eth0', undefined, 0, 'fe80::1'],
])('%s', (_, socket, header, hops, expected) => {
  expect(believedPeer(socket, header, hops)).toBe(expected)
})

test('a header sent in several lines is one chain', () => {
  expect(believedPeer('10.0.0.2', ['1.1.1.1', '203.0.113.9, 10.0.0.1'], 2)).toBe('203.0.113.9')
})

test('a connection that is gone has no address', () => {
  expect(believedPeer(undefined, undefined, 0)).toBeNull()
})

test.each(['', ' ', '1.2.3', '1.2.3.4.5', '256.1.1.1', 'localhost', '[::1', '::ffff:999.1.1.1'])(
  '%j is no address',
  (text) => {
    expect(believedPeer(text, undefined, 0)).toBeNull()
    expect(believedPeer('10.0.0.1', text, 1)).toBe('10.0.0.1')
  },
)
