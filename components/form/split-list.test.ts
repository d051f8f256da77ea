import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitList } from './split-list'

test.each([
  ['a, b,c', ['a', 'b', 'c']],
  ['a\nb\r\nc', ['a', 'b', 'c']],
  ['repo:acme/{app,web}:*, other', ['repo:acme/{app,web}:*', 'other']],
  ['+(a,b),c', ['+(a,b)', 'c']],
  ['{a,{b,c}},d', ['{a,{b,c}}', 'd']],
  ['}a,b', ['}a', 'b']],
  ['{open\na,b', ['{open', 'a', 'b']],
  ['["a, b", "c"]', ['a, b', 'c']],
  ['[not json, but text]', ['[not json, but text]']],
  ['CN=a\\,O=b, c', ['CN=a,O=b', 'c']],
  ['a\\*\\\\, b\\', ['a\\*\\\\', 'b\\']],
  ['a\\\nb', ['a\\', 'b']],
  [' , ,\n', []],
  ['', []],
])('%j is split into %j', (text, entries) => {
  expect(splitList(text)).toEqual(entries)
})

test('no entry is empty, padded or broken over lines, whatever is pasted', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const entry of splitList(text)) {
        expect(entry).not.toBe('')
        expect(entry).toBe(entry.trim())
      }
    }),
  )
})
