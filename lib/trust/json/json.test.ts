import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { type JsonValue, parseJson, stringifyJson, toPlainJson } from './json'

const read = (text: string): JsonValue => {
  const result = parseJson(text)
  if (!result.ok) throw new Error(result.message)
  return result.value
}
const problem = (text: string, options = {}) => {
  const result = parseJson(text, options)
  return result.ok ? null : result.code
}

test('JSON that is read and written again is the same to JSON.parse', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      fc.pre(!/\\ud[89a-f]/i.test(text))
      expect(JSON.parse(stringifyJson(read(text)))).toEqual(JSON.parse(text))
    }),
    { numRuns: propertyRuns(1000) },
  )
})

test('no text that JSON.parse refuses is accepted, and none makes it throw', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '0',
    '.5',
    'e9',
    'true',
    'nul',
    ' ',
    '\\',
    '\u0001',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      (text) => {
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        const result = parseJson(text)
        if (result.ok) expect(valid).toBe(true)
        else expect(!valid || result.code === 'duplicate' || result.code === 'number').toBe(true)
      },
    ),
    { numRuns: propertyRuns(3000) },
  )
})

test.each([
  ['{"a":1,"a":2}', 'duplicate'],
  ['{"a":1,"\\u0061":2}', 'duplicate'],
  ['{"__proto__":1,"__proto__":2}', 'duplicate'],
  ['1e400', 'number'],
  ['-1e400', 'number'],
  ['9'.repeat(400), 'number'],
  ['"\\ud800"', 'surrogate'],
  ['"\ud800"', 'surrogate'],
  ['{"\\udc00":1}', 'surrogate'],
  ['{} {}', 'syntax'],
  ['', 'syntax'],
  ['{"a":1,}', 'syntax'],
  ['01', 'syntax'],
  ['+1', 'syntax'],
  ['NaN', 'syntax'],
  ["{'a':1}", 'syntax'],
  ['"\n"', 'syntax'],
  ['"\\u{61}"', 'syntax'],
  ['\ufeff{}', 'syntax'],
  ['{"a":/**/1}', 'syntax'],
])('%j is refused as %s', (text, code) => {
  expect(problem(text)).toBe(code)
})

test('nesting is refused beyond the limit, however deep', () => {
  expect(problem('[[1]]', { depthMax: 2 })).toBeNull()
  expect(problem('[[[1]]]', { depthMax: 2 })).toBe('depth')
  expect(problem('['.repeat(1_000_000))).toBe('depth')
})

test('integers beyond 2^53 are exact, and written as they were read', () => {
  const text = '{"max":18446744073709551615,"min":-9007199254740993,"safe":9007199254740991}'
  const value = read(text)
  expect(value).toMatchObject({ max: 18446744073709551615n, min: -9007199254740993n, safe: 9007199254740991 })
  expect(stringifyJson(value)).toBe(text)
  expect(toPlainJson(value)).toMatchObject({ max: '18446744073709551615' })
})

test('a member called __proto__ is an own member and changes no prototype', () => {
  const value = read('{"__proto__":{"admin":true},"constructor":1}')
  expect(Object.getPrototypeOf(value)).toBeNull()
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  expect((value as Record<string, unknown>).admin).toBeUndefined()
  expect(stringifyJson(value)).toBe('{"__proto__":{"admin":true},"constructor":1}')
})

test('an indented text holds the same value', () => {
  const value = read('{"a":[1,{"b":[]}],"c":{}}')
  expect(stringifyJson(value, 2)).toBe(JSON.stringify({ a: [1, { b: [] }], c: {} }, null, 2))
})

test('reading stops at the number of values that is allowed', () => {
  expect(problem('[1,{"a":2}]', { valuesMax: 4 })).toBeNull()
  expect(problem('[1,{"a":2}]', { valuesMax: 3 })).toBe('values')
  expect(problem(`[${'{},'.repeat(300_000)}`, { valuesMax: 3 })).toBe('values')
})

test('escapes mean what JSON.parse takes them for', () => {
  const pieces = fc.constantFrom(
    'a',
    '\\\\',
    '\\"',
    '\\/',
    '\\b',
    '\\f',
    '\\n',
    '\\r',
    '\\t',
    '\\u00e4',
    '\\ud83d\\ude00',
    '\\u0000',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = `"${parts.join('')}"`
      expect(read(text)).toBe(JSON.parse(text))
    }),
  )
  for (const text of ['"\\x"', '"\\u12"', '"\\u12G4"', '"\\', '"\\"', '"\\\\\\"', '"a\\'])
    expect(problem(text), text).toBe('syntax')
})
