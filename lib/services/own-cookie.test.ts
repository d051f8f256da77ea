import { afterEach, describe, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.doUnmock('@/lib/env')
  vi.resetModules()
})

/** The module as a process with that address has it. */
async function at(publicUrl: string) {
  vi.doMock('@/lib/env', () => ({ env: () => ({ PUBLIC_URL: publicUrl }) }))
  return import('./own-cookie')
}

describe('behind https', () => {
  test('a cookie is __Host-, secure, for every path and for no domain', async () => {
    const { ownCookie, cookieIn } = await at('https://keybound.example.com')
    const line = ownCookie('sign-in', 'secret', { maxAgeSeconds: 600, sameSite: 'Lax' })
    expect(line).toBe('__Host-keybound.sign-in=secret; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure')
    expect(cookieIn(new Headers({ cookie: 'a=b; __Host-keybound.sign-in=secret' }), 'sign-in')).toBe('secret')
    expect(cookieIn(new Headers({ cookie: 'keybound.sign-in=forged' }), 'sign-in')).toBeNull()
  })

  test('the session’s cookie has the same prefix', async () => {
    const { cookieAttributes, cookieName } = await at('https://keybound.example.com')
    expect(cookieName('session_token')).toBe('__Host-keybound.session_token')
    expect(cookieAttributes()).toEqual({ path: '/', httpOnly: true, secure: true })
  })
})

test('without TLS browsers would refuse the prefix, so there is none', async () => {
  const { ownCookie } = await at('http://127.0.0.1:3000')
  const line = ownCookie('device', 'x', { maxAgeSeconds: 1, sameSite: 'Strict' })
  expect(line).toBe('keybound.device=x; Path=/; Max-Age=1; HttpOnly; SameSite=Strict')
})
