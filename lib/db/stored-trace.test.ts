import { beforeAll, describe, expect, test } from 'vitest'
import type { Check } from '@/lib/trust/engine/verdict'
import { verify } from '@/lib/trust/engine/verify'
import { maskClaims } from '@/lib/trust/mask-claims'
import { TrustPolicy } from '@/lib/trust/policy'
import { createVectorIssuer, type VectorIssuer, vectors } from '@/lib/trust/vectors'
import { toStoredTrace, toTrace } from './stored-trace'

const now = 1_800_000_000

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now })
})

async function judged(name: string) {
  const vector = vectors.find((one) => one.name === name)
  const made = await vector?.make(issuer)
  if (!made) throw new Error(name)
  const trust = TrustPolicy.parse(made.policy)
  const verdict = await verify({
    ...{ token: made.token, trust, now, ip: '192.0.2.1' },
    keys: async ({ url }) => {
      const keys = made.keySets[url]
      if (keys) return { status: 'ok', keys, fetchedAt: now, stale: null }
      return { status: 'unavailable', reason: 'unreachable', message: 'It does not answer.', fix: 'Start it.' }
    },
  })
  return { checks: plain(verdict.checks), claims: verdict.claims && maskClaims(verdict.claims) }
}

/** As JSON has them: what is undefined is not there. */
const plain = (checks: readonly Check[]): Check[] => JSON.parse(JSON.stringify(checks))

test.each(vectors.map(({ name }) => name))('what the detail page shows survives the row: %s', async (name) => {
  const { checks, claims } = await judged(name)
  const stored = toStoredTrace(checks, claims)
  expect(stored.length).toBeLessThanOrEqual(4_050)
  const isLong = checks.some((check) => JSON.stringify(check).length > 400)
  if (!isLong) expect(toTrace(stored, claims)).toEqual(checks)
})

describe('a row keeps a bounded amount', () => {
  const check = (id: string, status: Check['status'], size: number): Check => ({
    ...{ id: `claim:${id}`, status, title: id, message: 'm'.repeat(size), expected: 'e'.repeat(size), trusted: true },
  })

  test('failures are kept whole before anything of what passed', () => {
    const checks = [...Array.from({ length: 90 }, (_, at) => check(`p${at}`, 'pass', 200)), check('last', 'fail', 300)]
    const stored = toStoredTrace(checks, null)
    expect(stored.length).toBeLessThanOrEqual(4_050)
    const kept = toTrace(stored, null)
    expect(kept.at(-1)).toEqual(checks.at(-1))
    expect(kept[0]).toEqual(checks[0])
    expect(kept.some(({ message }) => message === 'Not kept.')).toBe(true)
  })

  test('a text of any length is cut, between characters', () => {
    const [kept] = toTrace(toStoredTrace([{ ...check('x', 'fail', 1), received: `${'a'.repeat(399)}🔑` }], null), null)
    expect(kept?.received).toBe('a'.repeat(399))
  })
})

test('a row of an earlier version, which kept the checks whole, is read as it was', async () => {
  const { checks, claims } = await judged(vectors[0]?.name ?? '')
  expect(toTrace(JSON.stringify(checks), claims)).toEqual(checks)
})

test.each(['', '{', '7', 'null', '{"v":2}', '[{"id":1}]', '{"v":1,"checks":[["iss"]]}'])(
  'checks that cannot be read say so: %s',
  (stored) => {
    expect(toTrace(stored, null)).toMatchObject([
      { status: 'fail', message: expect.stringContaining('cannot be read') },
    ])
  },
)

test('a row of version 1 is read as it was written', () => {
  const stored =
    '{"v":1,"checks":[["iss","p",19],["exp","p","The token expires in 10 min."],["claim:x","f",null,{"f":"rules.2"}]]}'
  expect(toTrace(stored, null)).toMatchObject([
    { id: 'iss', status: 'pass', message: 'The issuer is the one this trust believes.', field: 'issuer' },
    { id: 'exp', status: 'pass', message: 'The token expires in 10 min.', field: 'lifetime.clockSkewSeconds' },
    { id: 'claim:x', status: 'fail', message: 'Not kept.', field: 'rules.2' },
  ])
})
