import { expect, test } from 'vitest'
import { markTestPem } from '@/lib/client/test-key'
import { TrustPolicy } from '@/lib/trust/policy'
import { notesOf } from './notes-of'

const keys = [{ kind: 'jwks-url', url: 'https://a.example/jwks' }]
const idsOf = (more: object) => notesOf(TrustPolicy.parse({ keys, ...more }), 'jwt').map(({ id }) => id)
const rule = (path: string, value: string) => ({ path, matcher: { kind: 'glob-any', values: [value] } })
const bound = { issuer: 'https://a', rules: [rule('aud', 'a'), rule('sub', 'b')], grant: { ttlSeconds: 900 } }

test('a trust bound to issuer, audience and subject with a short TTL needs no remark', () => {
  expect(idsOf(bound)).toEqual([])
})

test('everything left open is remarked on', () => {
  expect(idsOf({})).toEqual(['no-issuer', 'no-audience', 'no-subject', 'long-ttl'])
})

test('a bound claim narrows as a subject does; an audience alone does not', () => {
  expect(idsOf({ ...bound, rules: [rule('aud', 'a'), rule('ref', 'main')] })).toEqual([])
  expect(idsOf({ ...bound, rules: [rule('aud', 'a')] })).toEqual(['no-subject'])
})

test.each(['*', '**', '!main'])('the pattern %s is remarked on in every field', (pattern) => {
  expect(idsOf({ ...bound, rules: [rule('aud', 'a'), rule('sub', pattern)] })).toEqual(['open-sub'])
})

test('a TTL of 0 is as long as the maximum allows, so it is remarked on', () => {
  expect(idsOf({ ...bound, grant: { ttlSeconds: 0 } })).toEqual(['long-ttl'])
  expect(idsOf({ ...bound, grant: { ttlSeconds: 86_400 } })).toEqual([])
})

test('a key of a test issuer is remarked on for as long as it is there', () => {
  expect(idsOf({ ...bound, keys: [{ kind: 'static-pem', pem: markTestPem('PEM') }] })).toEqual(['test-key'])
})
