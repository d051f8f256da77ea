import { expect, test } from 'vitest'
import { KeyValueRows, mergeRows, recordToRows, rowProblems, rowsFromJson } from './key-value-rows'

test('the second row of a key is refused and told which key', () => {
  const rows = [
    { key: 'ref', value: 'a' },
    { key: 'ref', value: 'b' },
  ]
  expect(rowProblems(rows)).toEqual([null, expect.stringContaining('"ref" is in the list already')])
  expect(KeyValueRows.safeParse(rows).error?.issues).toMatchObject([{ path: [1, 'value'] }])
})

test('a key that differs in blanks only is the same key, for it is saved without them', () => {
  const rows = [
    { key: 'ref', value: 'a' },
    { key: ' ref ', value: '*' },
  ]
  expect(rowProblems(rows)).toEqual([null, expect.stringContaining('is in the list already')])
})

test('half a row is refused on the half that is missing, an empty row is fine', () => {
  const rows = [
    { key: '', value: 'x' },
    { key: 'ref', value: '' },
    { key: '', value: '' },
  ]
  expect(KeyValueRows.safeParse(rows).error?.issues.map((issue) => issue.path)).toEqual([
    [0, 'key'],
    [1, 'value'],
  ])
  expect(KeyValueRows.safeParse([{ key: '', value: '' }]).success).toBe(true)
})

test('a record becomes rows', () => {
  expect(recordToRows({ ref: 'refs/heads/main', 'a.b': '1' })).toEqual([
    { key: 'ref', value: 'refs/heads/main' },
    { key: 'a.b', value: '1' },
  ])
})

test('a claim named like a property of Object stays a claim', () => {
  expect(rowsFromJson('{"__proto__":"x","constructor":"y"}')).toMatchObject({
    rows: expect.arrayContaining([{ key: 'constructor', value: 'y' }]),
  })
})

test('a pasted object becomes rows', () => {
  expect(rowsFromJson(' {"ref":"main","run":7,"fork":false,"aud":["a","b"]}')).toEqual({
    rows: [
      { key: 'ref', value: 'main' },
      { key: 'run', value: '7' },
      { key: 'fork', value: 'false' },
      { key: 'aud', value: 'a, b' },
    ],
  })
})

test.each(['{"a":{"b":1}}', '{"a":null}', '{"a":[["b"]]}', '{"a":[{}]}'])(
  '%s does not fit and says which key',
  (text) => {
    expect(rowsFromJson(text)).toEqual({ problem: expect.stringContaining('"a"') })
  },
)

test.each(['ref', '', '["a"]', '{"a":', '{a:1}'])('%j is no object and is left to be typed', (text) => {
  expect(rowsFromJson(text)).toBeNull()
})

test('a paste replaces the value of a key that is there and adds the rest', () => {
  expect(
    mergeRows(
      [
        { key: 'ref', value: 'a' },
        { key: '', value: '' },
      ],
      [
        { key: 'ref', value: 'b' },
        { key: 'env', value: 'prod' },
      ],
    ),
  ).toEqual([
    { key: 'ref', value: 'b' },
    { key: 'env', value: 'prod' },
  ])
})
