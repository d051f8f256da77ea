import { BlockList, isIP, isIPv4 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { IpRange, ipInRange, ipText, parseIp, parseIpRange, parseWrittenIp } from './ip-range'

const v4 = fc.ipV4()
const v6 = fc.ipV6()

test('an address is read as the number that its text spells', () => {
  const ofVersion = (version: 4 | 6) =>
    fc.record({ version: fc.constant(version), value: fc.bigInt(0n, 2n ** (version === 4 ? 32n : 128n) - 1n) })
  fc.assert(
    fc.property(fc.oneof(ofVersion(4), ofVersion(6)), (ip) => {
      const text = ipText(ip)
      expect(parseWrittenIp(text)).toEqual(ip)
      // The same address as the WHATWG URL standard shortens it.
      const short = new URL(`http://${ip.version === 4 ? text : `[${text}]`}`).hostname.replace(/[[\]]/g, '')
      expect(parseWrittenIp(short)).toEqual(ip)
    }),
    { numRuns: propertyRuns(1000) },
  )
})

test('every address without a zone that Node.js accepts is accepted', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), (text) => {
      expect(parseIp(text)?.version).toBe(isIPv4(text) ? 4 : isMappedText(text) ? 4 : isIP(text) === 6 ? 6 : undefined)
    }),
    { numRuns: propertyRuns(1000) },
  )
})

const isMappedText = (text: string) => new URL(`http://[${text}]`).hostname.startsWith('[::ffff:')

test('membership is what the block list of Node.js says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(v4, v4, fc.nat(32)), fc.tuple(v6, v6, fc.nat(128))), ([ip, base, prefix]) => {
      const kindOf = (text: string) => (isIPv4(text) ? 'ipv4' : 'ipv6')
      fc.pre(isIPv4(ip) || (!isMappedText(ip) && !isMappedText(base)))
      const list = new BlockList()
      list.addSubnet(base, prefix, kindOf(base))
      expect(ipInRange(ip, `${base}/${prefix}`)).toBe(list.check(ip, kindOf(ip)))
    }),
    { numRuns: propertyRuns(1000) },
  )
})

describe('text that is no address or range is refused', () => {
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
