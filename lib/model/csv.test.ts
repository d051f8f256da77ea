import { expect, test } from 'vitest'
import { csvField, csvLine } from './csv'

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '\u000b=1',
  '\ufeff=1',
  '\u3000=1',
  '\u0001=1',
])('%j is no formula in a spreadsheet', (text) => {
  expect(csvField(text).replace(/^"/, '')).toMatch(/^'/)
})

test('fields are quoted where RFC 4180 asks for it', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\r\ng', null, undefined, -7, true, ['x']])).toBe(
    'a,"b,c","d""e","f\r\ng",,,-7,true,"[""x""]"\r\n',
  )
})

test('a formula that has to be quoted is still none', () => {
  expect(csvField('=HYPERLINK("https://evil.example","x")')).toBe(`"'=HYPERLINK(""https://evil.example"",""x"")"`)
})

test('times are RFC 3339 in UTC', () => {
  expect(csvField(new Date('2026-06-01T12:00:00Z'))).toBe('2026-06-01T12:00:00.000Z')
})

test.each(['x;=1', 'x\t@SUM(A1)', 'x|+1', 'x\r\n=1', 'x; "=1', 'x;\u00a0=1', 'x\t\f=1'])(
  '%j is none where another character parts fields',
  (text) => {
    expect(csvField(text)).toMatch(/[;\t|\n]'/)
  },
)
