import { expect, test } from 'vitest'
import { toDecisionFilter } from './decision-filter'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toDecisionFilter((name) => search.get(name))
}

test('every filter can be in the URL', () => {
  const identity = 'b32b8e3e-76c8-4bd2-8d3f-5a2ad9f0a7a1'
  const trust = '0b3f0b7e-2c7e-4a5e-9a76-6c1f5a3f1d22'
  expect(
    read(
      `outcome=refused&method=jwt&identity=${identity}&trust=${trust}&reason=token_expired&search=ci&kid=k%201&from=2026-10-01&to=2026-10-31`,
    ),
  ).toEqual({
    owner: undefined,
    accepted: 'false',
    method: 'jwt',
    identityId: identity,
    trustId: trust,
    reason: 'token_expired',
    search: 'ci',
    kid: 'k 1',
    from: '2026-10-01T00:00:00.000Z',
    to: '2026-10-31T23:59:59.999Z',
  })
  expect(read('outcome=accepted').accepted).toBe('true')
})

test.each(['', 'outcome=maybe', 'method=basic', 'identity=1', 'trust=1', 'reason=', 'from=2026-02-30', 'to=now'])(
  'an invalid URL filters nothing: %s',
  (query) => {
    expect(Object.values(read(query)).every((value) => value === undefined)).toBe(true)
  },
)

test('decisions without an organization are a list of their own', () => {
  expect(read('owner=none').owner).toBe('none')
  expect(read('owner=me').owner).toBeUndefined()
})
