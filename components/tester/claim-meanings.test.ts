import { expect, test } from 'vitest'
import type { JsonObject } from '@/lib/trust/json/json'
import { timeProblem } from '@/lib/trust/time'
import { meaningOf, momentMsOf, validityOf, validityWords } from './claim-meanings'

test('registered claims have a meaning, and names of the prototype have none', () => {
  expect(meaningOf('aud')).toMatch(/intended for/)
  expect(meaningOf('constructor')).toBeNull()
})

test('only a number in a time claim is a moment', () => {
  expect(momentMsOf('exp', 1)).toBe(1000)
  expect(momentMsOf('exp', '1')).toBeNull()
  expect(momentMsOf('exp', 1e300)).toBeNull()
  expect(momentMsOf('run_id', 1)).toBeNull()
})

test('a time in another unit, or as text, is named and is no moment', () => {
  for (const name of ['exp', 'auth_time', 'updated_at']) {
    expect(momentMsOf(name, 1_800_000_000_000)).toBeNull()
    expect(timeProblem(name, 1_800_000_000_000)).toMatch(/milliseconds/)
    expect(timeProblem(name, '1800000000')).toMatch(/number in quotes/)
    expect(timeProblem(name, 1_800_000_000)).toBeNull()
  }
  expect(timeProblem('run_id', 1_800_000_000_000)).toBeNull()
})

test('the bar spans the validity, and now has a place on it before, within and after', () => {
  expect(validityOf({ iat: 100, exp: 200 }, 150)).toMatchObject({ startAt: 0, endAt: 1, nowAt: 0.5 })
  expect(validityOf({ iat: 100, exp: 200 }, 300)).toMatchObject({ startAt: 0, endAt: 0.5, nowAt: 1 })
  expect(validityOf({ nbf: 100, exp: 200 }, 0)).toMatchObject({ startAt: 0.5, endAt: 1, nowAt: 0 })
})

test('the times by which clocks may differ are told from the validity', () => {
  const allowed = { clockSkewSeconds: 30, expirySkewSeconds: 60 }
  const words = (now: number) => validityWords(validityOf({ nbf: 1_000, exp: 2_000 }, now, allowed)!, allowed)
  expect([960, 980, 1_500, 2_030, 2_060].map(words)).toEqual([
    'not valid yet',
    'not valid yet, within the 30 s that clocks may differ',
    'valid now',
    'expired, within the 60 s that are allowed',
    'expired',
  ])
  const { startAt, endAt, allowedFromAt, allowedToAt } = validityOf({ nbf: 1_000, exp: 2_000 }, 1_500, allowed)!
  expect([allowedFromAt, allowedToAt]).toEqual([0, 1])
  expect(startAt).toBeCloseTo(30 / 1_090)
  expect(endAt).toBeCloseTo(1_030 / 1_090)
})

test('a token without a readable expiry has no bar', () => {
  expect(validityOf({ iat: 1 }, 1)).toBeNull()
  expect(validityOf({ exp: 'soon' }, 1)).toBeNull()
  expect(validityOf({ exp: Number.POSITIVE_INFINITY }, 1)).toBeNull()
})

test('however odd the times, every place is on the bar', () => {
  const odd: JsonObject[] = [{ iat: 500, exp: 100 }, { exp: 0 }, { iat: 0, exp: 0, nbf: 0 }]
  for (const claims of odd) {
    const { endAt, nowAt } = validityOf(claims, 0)!
    for (const place of [endAt, nowAt]) expect(place).toBeGreaterThanOrEqual(0)
    for (const place of [endAt, nowAt]) expect(place).toBeLessThanOrEqual(1)
  }
})
