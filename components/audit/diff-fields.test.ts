import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffFields } from './diff-fields'

test('a changed, a new and a missing field are told apart', () => {
  expect(diffFields({ name: 'a', role: 'member', old: 1 }, { name: 'b', role: 'member', fresh: null })).toEqual([
    { path: 'name', kind: 'changed', before: 'a', after: 'b' },
    { path: 'old', kind: 'removed', before: 1 },
    { path: 'fresh', kind: 'added', after: null },
  ])
})

test('a nested field is named by its whole way', () => {
  expect(diffFields({ grant: { ttlSeconds: 60, usesMax: 0 } }, { grant: { ttlSeconds: 90, usesMax: 0 } })).toEqual([
    { path: 'grant.ttlSeconds', kind: 'changed', before: 60, after: 90 },
  ])
})

test('of a list of objects only the fields that changed are named, by place', () => {
  const key = { kind: 'jwks-url', url: 'https://a.example/jwks' }
  expect(
    diffFields({ keys: [key, key] }, { keys: [key, { ...key, url: 'https://b.example/jwks' }, { kind: 'x' }] }),
  ).toEqual([
    { path: 'keys.#2.url', kind: 'changed', before: 'https://a.example/jwks', after: 'https://b.example/jwks' },
    { path: 'keys.#3', kind: 'added', after: { kind: 'x' } },
  ])
})

test('a list of plain values is one field', () => {
  expect(diffFields({ ips: ['a', 'b'] }, { ips: ['b', 'a'] })).toEqual([
    { path: 'ips', kind: 'changed', before: ['a', 'b'], after: ['b', 'a'] },
  ])
})

test('a name every object inherits is a field like any other', () => {
  expect(diffFields({}, { constructor: 'x' })).toEqual([{ path: 'constructor', kind: 'added', after: 'x' }])
})

const json = fc.jsonValue({ maxDepth: 3 })

test('nothing differs from itself, and what differs is found', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(diffFields(one, structuredClone(one))).toEqual([])
      // JSON has one zero.
      const [a, b]: unknown[] = [JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other))]
      expect(diffFields(a, b).length === 0).toBe(isDeepStrictEqual(a, b))
    }),
  )
})

test('seen from the other side it is the same change', () => {
  const opposite = { added: 'removed', removed: 'added', changed: 'changed' } as const
  fc.assert(
    fc.property(json, json, (one, other) => {
      const forth = diffFields(one, other).map(({ path, kind }) => `${kind} ${path}`)
      const back = diffFields(other, one).map(({ path, kind }) => `${opposite[kind]} ${path}`)
      expect(back.sort()).toEqual(forth.sort())
    }),
  )
})
