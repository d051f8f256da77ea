import { describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { findPasskeySite } from './passkey-site'

/** A browser at an address, with the cookies it was given. */
const browser = (host = 'localhost:3000', cookies: string[] = []) =>
  new Headers({ host, cookie: cookies.map((line) => line.split(';')[0]).join('; ') })

describe('the site of passkeys', () => {
  const siteAt = (publicUrl: string, host: string) => {
    const settings = env()
    const before = settings.PUBLIC_URL
    try {
      Object.assign(settings, { PUBLIC_URL: publicUrl })
      return findPasskeySite(browser(host))
    } finally {
      Object.assign(settings, { PUBLIC_URL: before })
    }
  }

  test.each([
    ['https://keybound.example', 'keybound.example'],
    ['https://keybound.example', 'evil.example'],
    ['https://keybound.example', 'localhost:3000'],
  ])('is PUBLIC_URL %s, whatever the request says (%s)', (publicUrl, host) => {
    expect(siteAt(publicUrl, host)).toEqual({ rpId: 'keybound.example', origin: 'https://keybound.example' })
  })

  test.each([
    ['http://127.0.0.1:3000', 'localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:3000', 'localhost', 'http://localhost'],
  ])('without TLS (%s) is localhost at the port asked', (publicUrl, host, origin) => {
    expect(siteAt(publicUrl, host)).toEqual({ rpId: 'localhost', origin })
  })

  test.each([
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://127.0.0.1:3000', 'localhost.evil.example'],
    ['http://127.0.0.1:3000', 'localhost:3000@evil.example'],
    ['http://keybound.example', 'keybound.example'],
    ['https://192.0.2.1', '192.0.2.1'],
    ['https://[2001:db8::1]', '[2001:db8::1]'],
  ])('is none at %s asked as %s', (publicUrl, host) => {
    expect(siteAt(publicUrl, host)).toBeNull()
  })
})
