import { expect, test } from 'vitest'
import { Instant } from './instant'

test.each(['1970-01-01T00:00:00Z', '2026-11-21T12:00:00.123+02:00', '9999-12-31T23:59:59.999Z'])(
  '%s is a time',
  (text) => {
    expect(Instant.safeParse(text).success).toBe(true)
  },
)

// PostgreSQL knows no year 0, and JavaScript writes years past 9999 in a way that no database reads.
test.each([
  ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59.999Z'],
  ...['9999-12-31T23:59:59-01:00', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'],
  ...['2026-02-30T00:00:00Z', '2026-11-21', '2026-11-21T12:00:00', ''],
])('%j is none', (text) => {
  expect(Instant.safeParse(text).success).toBe(false)
})
