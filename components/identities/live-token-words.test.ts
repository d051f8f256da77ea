import { expect, test } from 'vitest'
import { liveTokenWords } from './live-token-words'

const now = Date.parse('2026-11-01T00:00:00Z')
const live = { expiresAt: '2026-11-02T00:00:00Z', revokedAt: null }
const expired = { expiresAt: '2026-10-31T00:00:00Z', revokedAt: null }
const revoked = { expiresAt: '2026-11-02T00:00:00Z', revokedAt: '2026-10-31T00:00:00Z' }

test('expired and revoked tokens are not counted', () => {
  expect(liveTokenWords({ tokens: [live, expired, revoked], total: 3 }, now)).toBe('1 live access token')
  expect(liveTokenWords({ tokens: [live, live], total: 2 }, now)).toBe('2 live access tokens')
})

test('no live token is reported as such', () => {
  expect(liveTokenWords({ tokens: [expired], total: 1 }, now)).toContain('none is live')
})

test('a partial count is marked as a minimum', () => {
  expect(liveTokenWords({ tokens: [live], total: 400 }, now)).toBe('at least 1 live access token')
})

test('a partial list without a live token counts none', () => {
  expect(liveTokenWords({ tokens: [expired], total: 400 }, now)).toBe('every access token it was issued')
})
