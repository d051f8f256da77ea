import { describe, expect, test } from 'vitest'
import { applyPatch } from './apply-patch'
import { jsonPatch, type PatchStep } from './json-patch'

describe('a patch that was made from two values leads from one to the other', () => {
  test.each<[string, unknown, unknown]>([
    ['equal values', { a: 1 }, { a: 1 }],
    ['a member added, removed and replaced', { a: 1, b: 2 }, { b: 3, c: [1] }],
    ['a list that grows and shrinks', { a: [1, 2, 3, 4] }, { a: [0, 1, 4, 5, 6] }],
    [
      'nested lists of objects',
      { rules: [{ path: 'aud', values: ['a'] }] },
      { rules: [{ path: 'aud', values: ['b', 'c'] }, { path: 'sub' }] },
    ],
    ['names with / and ~', { 'a/b': { '~': 1 } }, { 'a/b': { '~': 2, '~1': 3 } }],
    ['another type', { a: [1] }, { a: { b: null } }],
    ['the whole value', [1], 'text'],
  ])('%s', (_, before, after) => {
    const kept = structuredClone(before)
    expect(applyPatch(before, jsonPatch(before, after))).toEqual(after)
    expect(before).toEqual(kept)
  })
})

describe('a step that cannot be applied is refused', () => {
  test.each<[string, PatchStep]>([
    ['a member that is not there is removed', { op: 'remove', path: '/b' }],
    ['a member that is not there is replaced', { op: 'replace', path: '/b', value: 1 }],
    ['an element beyond the end', { op: 'replace', path: '/a/2', value: 1 }],
    ['an index that is no number', { op: 'add', path: '/a/01', value: 1 }],
    ['a way through text', { op: 'add', path: '/t/0', value: 1 }],
    ['a way through what is inherited', { op: 'add', path: '/constructor/x', value: 1 }],
    ['the whole value is removed', { op: 'remove', path: '' }],
  ])('%s', (_, step) => {
    expect(applyPatch({ a: [1, 2], t: 'text' }, [step])).toBeNull()
  })

  test('a member named __proto__ is a member', () => {
    const patched = applyPatch<object>({}, [{ op: 'add', path: '/__proto__', value: { x: 1 } }])
    expect(Object.getOwnPropertyNames(patched)).toEqual(['__proto__'])
    expect('x' in (patched ?? {})).toBe(false)
  })
})
