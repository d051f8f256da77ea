import { expect, test } from 'vitest'
import { tokenState } from './token-state'

const now = Date.parse('2026-11-01T12:00:00Z')
const token = { expiresAt: '2026-11-01T12:00:01Z', revokedAt: null, uses: 3, usesMax: 0 }

test('a token lives until its last instant', () => {
  expect(tokenState(token, now)).toBe('live')
  expect(tokenState({ ...token, expiresAt: '2026-11-01T12:00:00Z' }, now)).toBe('expired')
})

test('a revoked token is revoked, whatever else it is', () => {
  const revoked = { ...token, revokedAt: '2026-10-01T00:00:00Z' }
  expect(tokenState(revoked, now)).toBe('revoked')
  expect(tokenState({ ...revoked, expiresAt: '2026-10-02T00:00:00Z' }, now)).toBe('revoked')
})

test('no limit on uses is no limit, and the last use is the last', () => {
  expect(tokenState({ ...token, uses: 1_000_000, usesMax: 0 }, now)).toBe('live')
  expect(tokenState({ ...token, uses: 2, usesMax: 3 }, now)).toBe('live')
  expect(tokenState({ ...token, uses: 3, usesMax: 3 }, now)).toBe('used up')
})
