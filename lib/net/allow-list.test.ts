import { expect, test } from 'vitest'
import { EnvError } from '@/lib/env'
import { isAllowedAddress, isAllowedOrigin, parseAllowedOrigins } from './allow-list'

const origin = (url: string, list: string) => isAllowedOrigin(new URL(url), parseAllowedOrigins(list))
const address = (ip: string, url: string, list: string) => isAllowedAddress(ip, new URL(url), parseAllowedOrigins(list))

test('an empty list allows nothing', () => {
  expect(parseAllowedOrigins('')).toEqual([])
  expect(parseAllowedOrigins(' ,\n , ')).toEqual([])
  expect(address('127.0.0.1', 'http://127.0.0.1/', '')).toBe(false)
})

test('entries are separated by commas, blanks and line breaks', () => {
  expect(
    parseAllowedOrigins('http://127.0.0.1:5001, https://issuer.corp\n10.0.0.0/8 fd00::/8,192.168.1.7'),
  ).toHaveLength(5)
})

test('an origin allows exactly its scheme, host and port', () => {
  const list = 'http://127.0.0.1:5001'
  expect(origin('http://127.0.0.1:5001/jwks.json', list)).toBe(true)
  expect(origin('http://127.0.0.1:5002/', list)).toBe(false)
  expect(origin('https://127.0.0.1:5001/', list)).toBe(false)
  expect(origin('http://127.0.0.2:5001/', list)).toBe(false)
  expect(address('127.0.0.1', 'http://127.0.0.1:5002/', list)).toBe(false)
})

test('an origin is compared as browsers write it', () => {
  expect(origin('https://issuer.example/x', 'HTTPS://Issuer.Example:443/')).toBe(true)
  expect(origin('http://2130706433:5001/', 'http://127.0.0.1:5001')).toBe(true)
})

test('a range allows its addresses and not one more', () => {
  for (const ip of ['10.0.0.0', '10.255.255.255']) expect(address(ip, 'https://a.corp/', '10.0.0.0/8')).toBe(true)
  for (const ip of ['9.255.255.255', '11.0.0.0', '127.0.0.1', '::ffff:10.0.0.1', 'fd00::1']) {
    expect(address(ip, 'https://a.corp/', '10.0.0.0/8')).toBe(false)
  }
  expect(address('fd12::1', 'https://a.corp/', 'fd00::/8')).toBe(true)
  expect(address('127.0.0.1', 'https://a.corp/', '127.0.0.1')).toBe(true)
  expect(address('127.0.0.2', 'https://a.corp/', '127.0.0.1')).toBe(false)
})

test('a cloud’s metadata service is opened only by naming it', () => {
  const url = 'http://metadata.corp/'
  for (const [ip, range] of [
    ['169.254.169.254', '169.254.0.0/16'],
    ['100.100.100.200', '100.64.0.0/10'],
    ['169.254.169.254', '0.0.0.0/0'],
    ['fd00:ec2::254', 'fd00::/8'],
  ] as const) {
    expect(address(ip, url, range)).toBe(false)
    expect(address(ip, url, ip)).toBe(true)
  }
  expect(address('169.254.169.254', url, 'http://metadata.corp')).toBe(false)
  expect(address('169.254.169.254', 'http://169.254.169.254/', 'http://169.254.169.254')).toBe(true)
})

test('an allowed name that is steered to a link-local or unspecified address is refused, to a private one is not', () => {
  const list = 'https://issuer.corp'
  expect(address('10.1.2.3', 'https://issuer.corp/', list)).toBe(true)
  expect(address('127.0.0.1', 'https://issuer.corp/', list)).toBe(true)
  for (const ip of ['169.254.1.1', '0.0.0.0', 'fe80::1', '224.0.0.1']) {
    expect(address(ip, 'https://issuer.corp/', list)).toBe(false)
  }
})

test('allowing NAT64 does not allow what is private behind it', () => {
  expect(address('64:ff9b::8.8.8.8', 'https://a.example/', '64:ff9b::/96')).toBe(true)
  expect(address('64:ff9b::10.0.0.1', 'https://a.example/', '64:ff9b::/96')).toBe(false)
  expect(address('64:ff9b::169.254.169.254', 'https://a.example/', '64:ff9b::/96, 0.0.0.0/0')).toBe(false)
  expect(address('64:ff9b::10.0.0.1', 'https://a.example/', '64:ff9b::/96, 10.0.0.0/8')).toBe(true)
})

test.each([
  ['localhost', 'neither an origin'],
  ['issuer.corp:8443', 'neither an origin'],
  ['127.1', 'neither an origin'],
  ['0177.0.0.1', 'neither an origin'],
  ['10.0.0.0/8/8', 'neither an origin'],
  ['10.0.0.0/33', 'prefix length from 0 to 32'],
  ['10.0.0.0/', 'prefix length from 0 to 32'],
  ['10.0.0.0/-1', 'prefix length from 0 to 32'],
  ['fd00::/129', 'prefix length from 0 to 128'],
  ['10.0.0.1/8', 'write 10.0.0.0/8'],
  ['ftp://127.0.0.1', 'must begin with http:// or https://'],
  ['http://', 'is not a URL'],
  ['http://user:pw@127.0.0.1', 'user name or password'],
  ['http://127.0.0.1:5001/jwks.json', 'write only http://127.0.0.1:5001'],
  ['http://127.0.0.1/?a', 'has a path'],
  ['https://*.corp', 'has a wildcard'],
])('%s is refused at the start with a sentence that says: %s', (entry, says) => {
  const read = () => parseAllowedOrigins(`https://fine.example ${entry}`)
  expect(read).toThrow(EnvError)
  expect(read).toThrow(/^KEY_FETCH_ALLOWED_ORIGINS: /)
  expect(read).toThrow(says)
})

test('every wrong entry is named at once, and a password is not repeated', () => {
  expect(() => parseAllowedOrigins('one two')).toThrow(/"one".*"two"/)
  expect(() => parseAllowedOrigins('http://user:hunter2@127.0.0.1')).not.toThrow('hunter2')
})
