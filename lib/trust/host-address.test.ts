import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classifyAddress, classifyHost } from './host-address'

/** First and last address of each block of the IANA special-purpose registries, with the document that reserves it. */
const reserved: [address: string, kind: string, rfc: string][] = [
  ['0.0.0.0', 'unspecified', 'RFC 1122'],
  ['0.255.255.255', 'unspecified', 'RFC 1122'],
  ['10.0.0.0', 'private', 'RFC 1918'],
  ['10.255.255.255', 'private', 'RFC 1918'],
  ['100.64.0.0', 'carrier-nat', 'RFC 6598'],
  ['100.127.255.255', 'carrier-nat', 'RFC 6598'],
  ['127.0.0.1', 'loopback', 'RFC 1122'],
  ['127.255.255.255', 'loopback', 'RFC 1122'],
  ['169.254.0.0', 'link-local', 'RFC 3927'],
  ['169.254.255.255', 'link-local', 'RFC 3927'],
  ['172.16.0.0', 'private', 'RFC 1918'],
  ['172.31.255.255', 'private', 'RFC 1918'],
  ['192.0.0.0', 'protocol-assignment', 'RFC 6890'],
  ['192.0.0.255', 'protocol-assignment', 'RFC 6890'],
  ['192.0.2.1', 'documentation', 'RFC 5737'],
  ['192.88.99.1', '6to4', 'RFC 7526'],
  ['192.168.0.0', 'private', 'RFC 1918'],
  ['192.168.255.255', 'private', 'RFC 1918'],
  ['198.18.0.0', 'benchmarking', 'RFC 2544'],
  ['198.19.255.255', 'benchmarking', 'RFC 2544'],
  ['198.51.100.255', 'documentation', 'RFC 5737'],
  ['203.0.113.0', 'documentation', 'RFC 5737'],
  ['224.0.0.1', 'multicast', 'RFC 5771'],
  ['239.255.255.255', 'multicast', 'RFC 5771'],
  ['240.0.0.0', 'reserved', 'RFC 1112'],
  ['255.255.255.254', 'reserved', 'RFC 1112'],
  ['255.255.255.255', 'broadcast', 'RFC 919'],
  ['::', 'unspecified', 'RFC 4291'],
  ['::1', 'loopback', 'RFC 4291'],
  ['100::1', 'discard', 'RFC 6666'],
  ['2001:2::1', 'benchmarking', 'RFC 5180'],
  ['2001:20::1', 'protocol-assignment', 'RFC 2928'],
  ['2001:1ff:ffff::', 'protocol-assignment', 'RFC 2928'],
  ['2001:db8:ffff::1', 'documentation', 'RFC 3849'],
  ['3fff:fff::1', 'documentation', 'RFC 9637'],
  ['fc00::1', 'private', 'RFC 4193'],
  ['fdff:ffff::1', 'private', 'RFC 4193'],
  ['fe80::1', 'link-local', 'RFC 4291'],
  ['febf::1', 'link-local', 'RFC 4291'],
  ['fec0::1', 'site-local', 'RFC 3879'],
  ['ff02::1', 'multicast', 'RFC 4291'],
]

test.each(reserved)('%s is not public: %s, %s', (address, kind, rfc) => {
  expect(classifyAddress(address)).toEqual({ public: false, kind, rfc: expect.stringContaining(rfc) })
})

test.each([
  ['AWS, Google, Azure and Oracle', '169.254.169.254'],
  ['AWS over IPv6', 'fd00:ec2::254'],
  ['AWS over IPv6, spelled out', 'fd00:0ec2:0000:0000:0000:0000:0000:0254'],
  ['AWS ECS', '169.254.170.2'],
  ['AWS EKS', 'fd00:ec2::23'],
  ['Alibaba', '100.100.100.200'],
  ['Azure WireServer, which has a public number', '168.63.129.16'],
  ['Google over IPv6', 'fd20:ce::254'],
])('the metadata service of %s is known as such', (_, address) => {
  expect(classifyAddress(address)).toMatchObject({ public: false, kind: 'cloud-metadata' })
})

// The neighbours of each block, so that no row is wider than its registry entry.
test.each([
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.0.3.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '198.51.99.255',
  '203.0.114.0',
  '223.255.255.255',
  '168.63.129.15',
  '8.8.8.8',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2606:4700::1111',
  '2a00:1450:4001:80b::200e',
  '3ffe::1',
])('%s is public', (address) => {
  expect(classifyAddress(address)).toEqual({ public: true })
})

test.each([
  ['IPv4-mapped', '::ffff:169.254.169.254', 'v4-mapped', '169.254.169.254'],
  ['IPv4-mapped in hexadecimal', '::ffff:7f00:1', 'v4-mapped', '127.0.0.1'],
  ['IPv4-compatible', '::7f00:1', 'v4-compatible', '127.0.0.1'],
  ['IPv4-compatible in dotted decimal', '::127.0.0.1', 'v4-compatible', '127.0.0.1'],
  ['IPv4-translated', '::ffff:0:10.0.0.1', 'v4-translated', '10.0.0.1'],
  ['NAT64', '64:ff9b::a9fe:a9fe', 'nat64', '169.254.169.254'],
  ['NAT64 to a public host', '64:ff9b::8.8.8.8', 'nat64', '8.8.8.8'],
  ['local NAT64', '64:ff9b:1::10.0.0.1', 'nat64', '10.0.0.1'],
  ['6to4', '2002:7f00:1::1', '6to4', '127.0.0.1'],
  // The example of RFC 4380 §4: the client's address is written with every bit inverted.
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2', 'teredo', '192.0.2.45'],
])('%s does not hide the IPv4 address inside', (_, address, kind, embedded) => {
  expect(classifyAddress(address)).toMatchObject({ public: false, kind, embedded })
})

test('no IPv4 address becomes reachable by wearing an IPv6 one', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), (bytes) => {
      const v4 = bytes.join('.')
      const hex = bytes.map((part) => part.toString(16).padStart(2, '0'))
      const [high, low] = [`${hex[0]}${hex[1]}`, `${hex[2]}${hex[3]}`]
      const worn = [`::ffff:${v4}`, `::${high}:${low}`, `64:ff9b::${v4}`, `2002:${high}:${low}::`, `::ffff:0:${v4}`]
      expect(worn.map((address) => classifyAddress(address).public)).not.toContain(true)
    }),
  )
})

test('IPv6 that is not allocated is not public', () => {
  for (const address of ['4000::1', '5f00::1', '1::1', '200::1', 'fe00::1', '8000::', 'fbff::1']) {
    expect(classifyAddress(address)).toMatchObject({ public: false, kind: 'reserved' })
  }
})

test('a zone id does not make a link-local address something else', () => {
  expect(classifyAddress('fe80::1%eth0')).toMatchObject({ public: false, kind: 'link-local' })
  expect(classifyAddress('::1%8.8.8.8')).toMatchObject({ public: false, kind: 'loopback' })
})

test('text that is not plainly an IP address is not public, and never throws', () => {
  for (const text of [
    '',
    '127.1',
    '0177.0.0.1',
    '2130706433',
    '0x7f000001',
    '8.8.8.8.',
    ' 8.8.8.8',
    '8.8.8.8/32',
    '[::1]',
    '%',
  ]) {
    expect(classifyAddress(text)).toMatchObject({ public: false, kind: 'not-an-address' })
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof classifyAddress(text).public === 'boolean'))
})

const hostOf = (url: string) => new URL(url).hostname

test.each([
  ['decimal', 'http://2130706433/'],
  ['octal', 'http://0177.0.0.1/'],
  ['hexadecimal', 'http://0x7f000001/'],
  ['hexadecimal parts', 'http://0x7f.0.0x0.1/'],
  ['short', 'http://127.1/'],
  ['zero', 'http://0/'],
  ['percent-encoded', 'http://%31%32%37.0.0.1/'],
  ['ideographic full stops', 'http://127。0。0。1/'],
  ['full-width digits', 'http://１２７.0.0.1/'],
  ['circled digits', 'http://①②⑦.⓪.⓪.①/'],
  ['trailing dot', 'http://127.0.0.1./'],
  ['IPv4-mapped', 'http://[::ffff:169.254.169.254]/'],
  ['mapped in full', 'http://[0:0:0:0:0:ffff:127.0.0.1]/'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['localhost', 'http://localhost/'],
  ['localhost in capitals', 'http://LocalHost/'],
  ['localhost with a dot', 'http://localhost./'],
  ['below localhost', 'http://jwks.localhost/'],
  ['letters that fold to localhost', 'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/'],
  ['soft hyphen in localhost', 'http://local\u00ADhost/'],
  ['multicast DNS', 'http://printer.local/'],
  ['Google metadata by name', 'http://metadata.google.internal/'],
  ['private-use domain', 'http://jwks.corp.internal/'],
  ['home network', 'http://router.home.arpa./'],
])('an internal host written as %s is seen through', (_, url) => {
  expect(classifyHost(hostOf(url)).public).toBe(false)
})

test('a host spelled with a zone id is no URL at all', () => {
  for (const host of ['[fe80::1%25eth0]', '[fe80::1%eth0]', '[::1%25lo]']) {
    expect(URL.canParse(`http://${host}/`)).toBe(false)
  }
})

test('names that only resemble internal ones are left to the resolver', () => {
  for (const host of [
    'localhost.example.com',
    'notlocalhost',
    'mylocal',
    'internal.example.com',
    '127.0.0.1.example.com',
  ]) {
    expect(classifyHost(host)).toEqual({ public: true })
  }
})
