import { expect, test } from 'vitest'
import type { ClaimRule } from '@/lib/trust/policy'
import { type Demands, nearestTrusts } from './nearest-trusts'

const claims = { iss: 'https://issuer.example', sub: 'repo:acme/app:ref:refs/heads/main', aud: 'keybound', ref: 'main' }
const rule = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})
const trust = (id: string, issuer: string | null, rules: readonly ClaimRule[] | null): Demands => ({
  id,
  issuer,
  rules,
})

test('trusts that no claim rules out come first, and of those the one that demands most', () => {
  const list = [
    trust('another issuer', 'https://other.example', []),
    trust('no demands', claims.iss, []),
    trust('unreadable', claims.iss, null),
    trust('one wrong', claims.iss, [rule('sub', 'repo:acme/app:*'), rule('aud', 'vault')]),
    trust('any issuer', null, [rule('sub', 'repo:acme/*')]),
    trust('tight', claims.iss, [rule('sub', claims.sub), rule('aud', 'keybound')]),
    trust('two wrong', claims.iss, [rule('sub', 'repo:acme/web:*'), rule('aud', 'vault')]),
  ]
  expect(nearestTrusts(claims, list, 5)).toEqual({
    ids: ['tight', 'no demands', 'one wrong', 'two wrong', 'any issuer'],
    open: 3,
    elsewhere: 1,
  })
})

test('a token without claims is near to no trust, and nothing throws', () => {
  const list = [trust('a', claims.iss, [rule('sub', 'x')]), trust('b', null, [rule('sub', 'x')])]
  expect(nearestTrusts({}, list, 2)).toEqual({ ids: ['b', 'a'], open: 0, elsewhere: 1 })
})
