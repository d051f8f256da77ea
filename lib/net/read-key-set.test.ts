import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type JsonValue, stringifyJson } from '@/lib/trust/json/json'
import { readJsonObject } from './json-document'
import { readKeySet } from './read-key-set'

const jwkOf = (members: Record<string, unknown> = {}): JsonValue => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return JSON.parse(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'good', ...members }))
}
const read = (keys: JsonValue) => readKeySet(readJsonObject(new TextEncoder().encode(stringifyJson({ keys }))))

describe('one bad entry spoils nothing but itself (RFC 7517 §5)', () => {
  test.each<[string, JsonValue, string]>([
    ['null', null, 'is null, not an object'],
    ['text', 'a', 'is text, not an object'],
    ['a number', 7, 'is a number, not an object'],
    ['a boolean', true, 'is true or false, not an object'],
    ['a list', [jwkOf()], 'is a list, not an object'],
  ])('%s beside a good key is named by its place, and left out', (_, entry, problem) => {
    const good = jwkOf()
    for (const [keys, at] of [
      [[entry, good], 1],
      [[good, entry], 2],
    ] as const) {
      expect(read([...keys])).toEqual({ ok: true, keys: [good], ignored: [{ entry: at, problem }] })
    }
  })

  test.each<[string, JsonValue]>([
    ['of an unknown type', { kty: 'AKP', kid: 'x' }],
    ['without a type', { kid: 'x' }],
    ['whose members are cut short', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['for encryption', jwkOf({ use: 'enc' })],
    ['that is a shared secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['that is empty', {}],
  ])('a key %s stays in the set for the engine to judge', (_, entry) => {
    const good = jwkOf()
    expect(read([entry, good])).toEqual({ ok: true, keys: [entry, good], ignored: [] })
  })
})

describe('a set without one usable key is no key set to serve', () => {
  test.each<[string, JsonValue, RegExp]>([
    ['no entry', [], /^$/],
    ['only null', [null], /Entry 1 is null, not an object\./],
    ['only a key for encryption', [jwkOf({ use: 'enc' })], /Entry 1: The key is for another use/],
    [
      'only a short RSA key',
      [{ kty: 'RSA', n: Buffer.alloc(128, 0xc5).toString('base64url'), e: 'AQAB' }],
      /Entry 1: /,
    ],
    ['a secret and an unknown type', [{ kty: 'oct', k: 'AA' }, { kty: 'AKP' }], /Entry 1: .*Entry 2: /s],
    ['more than are named', Array(9).fill(null), /Entry 5 .* And 4 more\./s],
  ])('%s', (_, keys, faults) => {
    expect(read(keys)).toMatchObject({ ok: false, reason: 'no-usable-key', faults: expect.stringMatching(faults) })
  })

  test('no message for the caller repeats a key', () => {
    const set = read([{ kty: 'hunter2' }])
    expect(set).toMatchObject({ ok: false, message: expect.not.stringContaining('hunter2') })
  })
})
