import { expect, test } from 'vitest'
import type { Check } from '@/lib/trust/engine/verdict'
import { fixOptions } from './fix-options'

const failed = (id: Check['id'], more: Partial<Check> = {}): Check => ({
  ...{ id, status: 'fail', title: id, message: '', trusted: true },
  ...more,
})
const kinds = (check: Check, claims: Parameters<typeof fixOptions>[1]) =>
  fixOptions(check, claims, null).map(({ kind }) => kind)

test('what leaves the trust as it is comes first, what accepts more afterwards', () => {
  const claims = { sub: 'b', aud: 'other', iss: 'https://b.example', ref: 'dev' }
  expect(kinds(failed('sub', { expected: '"a"' }), claims)).toEqual(['pipeline', 'add', 'replace'])
  expect(kinds(failed('claim:ref', { expected: 'one of "main", "v1"' }), claims)).toEqual([
    'pipeline',
    'add',
    'replace',
  ])
  // A trust has one issuer.
  expect(kinds(failed('iss', { expected: '"https://a.example"' }), claims)).toEqual(['pipeline', 'replace'])
})

test('a change is told as old and new', () => {
  const options = fixOptions(failed('claim:ref', { expected: '"main"' }), { ref: 'dev' }, null)
  expect(options.slice(1)).toEqual([
    { kind: 'add', path: 'ref', before: '"main"', after: '"main", "dev"' },
    { kind: 'replace', path: 'ref', before: '"main"', after: '"dev"' },
  ])
})

test('the platform’s own way to ask for an audience is shown with the audience in it', () => {
  const known = { tokenRequest: [{ title: 'Job', snippet: 'aud: $AUD' }] }
  const [pipeline] = fixOptions(failed('aud', { expected: '"keybound$&"' }), { aud: 'x' }, known)
  expect(pipeline).toMatchObject({ kind: 'pipeline', snippets: [{ title: 'Job', code: 'aud: keybound$&' }] })
})

test('nothing is offered for what no change of the trust can mend', () => {
  expect(kinds(failed('signature'), {})).toEqual([])
  expect(kinds(failed('aud', { expected: '"a"' }), { aud: ['b', 'c'] })).toEqual(['pipeline'])
  expect(kinds({ ...failed('sub', { expected: '"a"' }), status: 'pass' }, { sub: 'a' })).toEqual([])
})
