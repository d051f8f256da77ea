import { expect, test } from 'vitest'
import { parseAllowedOrigins } from './allow-list'
import { findDestination } from './destination'

const find = (href: string, answers: string[] = ['8.8.8.8'], list = '') => {
  const asked: string[] = []
  const lookup = async (hostname: string) => {
    asked.push(hostname)
    return answers
  }
  return findDestination(href, { allowed: parseAllowedOrigins(list), lookup }).then((found) => ({ found, asked }))
}
const refused = { ok: false, reason: 'address-refused' }

test('a public host is pinned to every address it has, asked once', async () => {
  const { found, asked } = await find('https://issuer.example/jwks', ['8.8.8.8', '2606:4700::1111', '8.8.8.8'])
  expect(found).toMatchObject({ ok: true, hostname: 'issuer.example', addresses: ['8.8.8.8', '2606:4700::1111'] })
  expect(asked).toEqual(['issuer.example'])
})

test('one private address among public ones is enough to refuse', async () => {
  for (const bad of ['10.0.0.1', '::1', '::ffff:8.8.8.8', '169.254.169.254', 'fe80::1%eth0', 'nonsense']) {
    expect((await find('https://issuer.example/', ['8.8.8.8', bad])).found).toMatchObject(refused)
  }
})

test('a name without an address is refused', async () => {
  expect((await find('https://issuer.example/', [])).found).toMatchObject(refused)
})

test('an internal name is refused without asking the resolver', async () => {
  for (const host of [
    'localhost',
    'localhost.',
    'a.localhost',
    'metadata.google.internal',
    'x.local',
    '127.1',
    '[::1]',
  ]) {
    const { found, asked } = await find(`https://${host}/`)
    expect(found).toMatchObject(refused)
    expect(asked).toEqual([])
  }
})

test('an internal name is refused even where a resolver calls it public', async () => {
  expect((await find('https://jwks.corp.internal/', ['8.8.8.8'], '10.0.0.0/8')).found).toMatchObject(refused)
  expect((await find('https://jwks.corp.internal/', ['10.0.0.1'], '10.0.0.0/8')).found).toMatchObject({ ok: true })
})

test('plain http is refused unless the origin or every address is allowed', async () => {
  expect((await find('http://issuer.example/')).found).toMatchObject(refused)
  expect((await find('http://issuer.example/', ['8.8.8.8'], '10.0.0.0/8')).found).toMatchObject(refused)
  expect((await find('http://issuer.example/', ['10.0.0.1', '8.8.8.8'], '10.0.0.0/8')).found).toMatchObject(refused)
  expect((await find('http://issuer.example/', ['10.0.0.1'], '10.0.0.0/8')).found).toMatchObject({ ok: true })
  expect((await find('http://issuer.example/', ['8.8.8.8'], 'http://issuer.example')).found).toMatchObject({ ok: true })
})

test('credentials in the URL are refused', async () => {
  for (const url of [
    'https://user:pw@issuer.example/',
    'https://user@issuer.example/',
    'https://:pw@issuer.example/',
  ]) {
    expect((await find(url)).found).toMatchObject({
      ...refused,
      message: expect.stringContaining('user name or password'),
    })
  }
  // A name before the @ is not the host.
  expect((await find('https://issuer.example@127.0.0.1/')).found).toMatchObject(refused)
})

test('other schemes and broken URLs are refused', async () => {
  for (const url of [
    'file:///etc/passwd',
    'ftp://issuer.example/',
    'data:,{}',
    'javascript:1',
    '',
    '//issuer.example',
    'https://[fe80::1%25eth0]/',
  ]) {
    expect((await find(url)).found).toMatchObject(refused)
  }
})

test('a refusal names no address and no host', async () => {
  const { found } = await find('https://issuer.example/', ['10.11.12.13'])
  expect(JSON.stringify(found)).not.toMatch(/10\.11\.12\.13|issuer\.example/)
})

test('an address in the URL is taken as it is, without a resolver', async () => {
  const { found, asked } = await find('https://[2606:4700::1111]:8443/jwks')
  expect(found).toMatchObject({ ok: true, hostname: '2606:4700::1111', addresses: ['2606:4700::1111'] })
  expect(asked).toEqual([])
})
