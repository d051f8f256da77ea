import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { IpRange, ipInRange, parseIp, parseIpRange } from './ip-range'

const v4 = fc.ipV4()
const v6 = fc.ipV6()

test('addresses are read as ipaddr.js reads them', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), (text) => {
      // ipaddr.js takes the long deprecated `::1.2.3.4` for a mapped address; RFC 4291 §2.5.5 keeps the two apart.
      fc.pre(!/^::\d+\./.test(text))
      const theirs = ipaddr.process(text)
      const bytes = theirs.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
      expect(parseIp(text)).toEqual({ version: theirs.kind() === 'ipv4' ? 4 : 6, value: bytes })
    }),
    { numRuns: propertyRuns(1000) },
  )
})

test('membership is what ipaddr.js says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(v4, v4, fc.nat(32)), fc.tuple(v6, v6, fc.nat(128))), ([ip, base, prefix]) => {
      const one = ipaddr.parse(ip)
      const other = ipaddr.parse(base)
      fc.pre(
        !base.toLowerCase().startsWith('::ffff') &&
          !/^::\d+\./.test(base) &&
          !/^::\d+\./.test(ip) &&
          ipaddr.process(ip).kind() === one.kind() &&
          ipaddr.process(base).kind() === other.kind(),
      )
      expect(ipInRange(ip, `${base}/${prefix}`)).toBe(one.match([other, prefix] as never))
    }),
    { numRuns: propertyRuns(1000) },
  )
})

describe('what is no address or range is refused', () => {
  test.each([
    '',
    ' ',
    '010.0.0.1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.4/33',
    '1.2.3.4/-1',
    '1.2.3.4/08',
    '1.2.3.4/',
    '1.2.3.4/8/8',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4\n',
    '::1/129',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    'fe80::1%eth0',
    '12345::',
    '::g',
    '1.2.3.4::',
    '::1.2.3',
    '[::1]',
    'localhost',
    '::ffff:0:0/90',
    '١.٢.٣.٤',
  ])('%j', (text) => {
    expect(parseIpRange(text)).toBeNull()
    expect(IpRange.safeParse(text).success).toBe(false)
  })
})

test('host bits may be set, and the text is kept', () => {
  expect(IpRange.parse('10.1.2.3/8')).toBe('10.1.2.3/8')
  expect(parseIpRange('10.1.2.3/8')).toMatchObject({ version: 4, address: '10.1.2.3', prefix: 8 })
  expect(parseIpRange('10.1.2.3')).toMatchObject({ prefix: null })
  expect(ipInRange('10.255.0.1', '10.1.2.3/8')).toBe(true)
})

test('an IPv4-mapped IPv6 address counts as IPv4', () => {
  expect(ipInRange('::ffff:10.0.0.1', '10.0.0.0/8')).toBe(true)
  expect(ipInRange('::ffff:a00:1', '10.0.0.1')).toBe(true)
  expect(ipInRange('10.0.0.1', '::ffff:10.0.0.0/104')).toBe(true)
  expect(ipInRange('::ffff:10.0.0.1', '::/0')).toBe(false)
  expect(ipInRange('::ffff:10.0.0.1', '0.0.0.0/0')).toBe(true)
})

test('an address of one family is in no range of the other', () => {
  expect(ipInRange('10.0.0.1', '::/0')).toBe(false)
  expect(ipInRange('2001:db8::1', '0.0.0.0/0')).toBe(false)
  expect(ipInRange('not an address', '0.0.0.0/0')).toBe(false)
})
