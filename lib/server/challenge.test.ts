import { expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { clientRefused } from '@/lib/services/access-token/authenticate-client'
import { challengeOf } from './challenge'

const dead = new AppError('unauthenticated', 'x', { reason: 'token_revoked' })
const sent = (authorization?: string) => new Headers(authorization ? { authorization } : {})

test('a bearer token that does not count is called so (RFC 6750 §3.1)', () => {
  expect(challengeOf(sent('Bearer x'), { auth: 'required' }, dead)).toBe('Bearer error="invalid_token"')
  expect(challengeOf(sent('bearer x'), { auth: 'client' }, dead)).toBe('Bearer error="invalid_token"')
})

test('where no token was sent, no error is named', () => {
  expect(challengeOf(sent(), { auth: 'required' }, dead)).toBe('Bearer')
  expect(challengeOf(sent('Basic eDp5'), { auth: 'required' }, dead)).toBe('Bearer')
})

test('a refused login says nothing of a header that it does not look at', () => {
  expect(challengeOf(sent('Bearer x'), { auth: 'none' }, dead)).toBe('Bearer')
})

test('a client is asked for Basic where it used it, and for either where it used nothing (RFC 6749 §5.2)', () => {
  expect(challengeOf(sent('Basic eDp5'), { auth: 'client' }, clientRefused())).toMatch(/^Basic realm="keybound"/)
  expect(challengeOf(sent('Basic eDp5'), { auth: 'none' }, clientRefused())).toMatch(/^Basic realm="keybound"/)
  expect(challengeOf(sent(), { auth: 'client' }, clientRefused())).toMatch(/^Bearer, Basic realm="keybound"/)
})
