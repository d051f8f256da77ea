import { expect, test } from 'vitest'
import { addressKey } from './address-key'

test('the holder of an IPv6 /64 cannot rotate through it', () => {
  expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:ffff::9'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
})

test('IPv4 addresses are counted one by one, and nothing that is no address can name its own counter', () => {
  expect(addressKey('192.0.2.1')).not.toBe(addressKey('192.0.2.2'))
  expect(addressKey('anything')).toBe(addressKey(null))
})
