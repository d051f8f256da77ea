import { describe, expect, test } from 'vitest'
import { newTotpSecret, totpStep, totpUri } from './totp'

/** RFC 6238, appendix B: the SHA-1 secret "12345678901234567890", and the last six of the eight digits. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const vectors = [
  [59, 0x1, '287082'],
  [1111111109, 0x23523ec, '081804'],
  [1111111111, 0x23523ed, '050471'],
  [1234567890, 0x273ef07, '005924'],
  [2000000000, 0x3f940aa, '279037'],
  [20000000000, 0x27bc86aa, '353130'],
] as const
const at = (seconds: number) => new Date(seconds * 1000)

describe('a code of RFC 6238', () => {
  test.each(vectors)('at %i s is the code of its step', (seconds, step, code) => {
    expect(totpStep(secret, code, at(seconds))).toBe(step)
  })

  test.each(vectors)('at %i s is accepted one step early and one step late, and no more', (seconds, step, code) => {
    const start = step * 30
    expect(totpStep(secret, code, at(start - 30))).toBe(step)
    expect(totpStep(secret, code, at(start + 59))).toBe(step)
    expect(totpStep(secret, code, at(start - 31))).toBeNull()
    expect(totpStep(secret, code, at(start + 60))).toBeNull()
    expect(seconds).toBeGreaterThanOrEqual(start)
  })

  test.each(['', '28708', '2870820', '94287082', '٢٨٧٠٨٢', '28708a', '-28708'])('is not %j', (code) => {
    expect(totpStep(secret, code, at(59))).toBeNull()
  })
})

describe('a new secret', () => {
  test('has 160 bits, as RFC 4226 recommends, and is never the same', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
    expect(newTotpSecret()).not.toBe(newTotpSecret())
  })

  test('is in the address of the QR code with what apps need', () => {
    const uri = new URL(totpUri(secret, { issuer: 'Keybound', label: 'ada@example.com' }))
    expect(`${uri.protocol}//${uri.host}`).toBe('otpauth://totp')
    expect(decodeURIComponent(uri.pathname)).toBe('/Keybound:ada@example.com')
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Keybound',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})
