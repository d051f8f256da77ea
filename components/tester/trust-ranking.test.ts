import { expect, test } from 'vitest'
import type { CheckStatus, Verdict } from '@/lib/trust/engine/verdict'
import { rankVerdicts } from './trust-ranking'

const judged = (
  name: string,
  accepted: boolean,
  statuses: Record<string, CheckStatus>,
  expected: Record<string, string> = {},
) => ({
  name,
  verdict: {
    accepted,
    checks: Object.entries(statuses).map(([id, status]) => ({ id, status, expected: expected[id] })),
  } as unknown as Verdict,
})
const namesOf = (list: { name: string }[]) => list.map(({ name }) => name)

test('trusts that accept come first, then the nearest: own issuer, own key, fewest failures', () => {
  const list = [
    judged('stranger', false, { signature: 'fail', iss: 'fail' }),
    judged('two wrong', false, { signature: 'pass', iss: 'pass', aud: 'fail', sub: 'fail' }),
    judged('one wrong', false, { signature: 'pass', iss: 'pass', aud: 'fail' }),
    judged('other keys', false, { signature: 'fail', iss: 'pass' }),
    judged('accepts', true, { signature: 'pass', iss: 'warn' }),
    judged('no issuer', false, { signature: 'pass', iss: 'warn', aud: 'fail' }),
  ]
  expect(namesOf(rankVerdicts(list))).toEqual([
    'accepts',
    'one wrong',
    'two wrong',
    'other keys',
    'no issuer',
    'stranger',
  ])
})

test('a trust whose issuer is spelled almost as the token spells it is nearer than one of any issuer, or of another', () => {
  const received = '"https://acme.example"'
  const near = [
    '"https://acme.example/"',
    '"http://acme.example"',
    '"https://ACME.example"',
    '" https://acme.example "',
  ]
  const of = (name: string, expected: string) => {
    const one = judged(name, false, { signature: 'skipped', iss: 'fail', aud: 'fail' }, { iss: expected })
    const checks = one.verdict.checks.map((check) => (check.id === 'iss' ? { ...check, received } : check))
    return { ...one, verdict: { ...one.verdict, checks } }
  }
  const list = [
    of('another', '"https://acme.example.org"'),
    judged('any', false, { signature: 'pass', iss: 'warn', aud: 'fail' }),
    ...near.map((expected) => of(expected, expected)),
  ]
  expect(namesOf(rankVerdicts(list))).toEqual([...near, 'any', 'another'])
})

test('trusts that are equally near keep their order', () => {
  const list = ['a', 'b', 'c'].map((name) => judged(name, false, { signature: 'fail', iss: 'fail' }))
  expect(namesOf(rankVerdicts(list))).toEqual(['a', 'b', 'c'])
})

test('a trust that demands nothing is never the nearest, and comes after those that accept the token for what it says', () => {
  const list = [
    judged('demands nothing', false, { 'key.use': 'fail', iss: 'warn', aud: 'warn', sub: 'warn' }),
    judged('any subject', false, { 'key.use': 'fail', iss: 'warn', aud: 'warn', sub: 'pass' }, { sub: '"*"' }),
    judged('other issuer', false, { 'key.use': 'fail', signature: 'skipped', iss: 'fail', aud: 'pass' }),
    judged('accepts every token', true, { signature: 'pass', iss: 'warn', aud: 'warn', sub: 'warn' }),
    judged('accepts', true, { signature: 'pass', iss: 'pass', aud: 'pass' }),
  ]
  expect(namesOf(rankVerdicts(list))).toEqual([
    ...['accepts', 'accepts every token', 'other issuer', 'any subject', 'demands nothing'],
  ])
})
