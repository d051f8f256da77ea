import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimAddress, findClaim, listClaims, stringsOf } from './claims'
import { type JsonObject, parseJson } from './json/json'

const claims = (text: string): JsonObject => {
  const result = parseJson(text)
  if (!result.ok) throw new Error(result.message)
  return result.value as JsonObject
}

describe('a claim is found at its address', () => {
  const token = claims(
    '{"a":{"b":{"c":1}},"a.b":"plain","https://x.example/y":2,"/p":3,"list":[{"n":4},5],"":6,"~":{"/":7},"none":[],"f":false,"z":0,"e":""}',
  )
  test.each([
    ['a.b', 'plain'],
    ['a.b.c', 1],
    ['/a/b/c', 1],
    ['https://x.example/y', 2],
    ['/p', 3],
    ['/list/0/n', 4],
    ['list.1', 5],
    ['/', 6],
    ['/~0/~1', 7],
    ['f', false],
    ['z', 0],
    ['e', ''],
  ])('%s', (path, value) => expect(findClaim(token, path)).toEqual(value))

  test.each([
    'none',
    'a.x',
    'a.b.c.d',
    '/list/01',
    '/list/-',
    'list.length',
    '/~2',
    '__proto__',
    'constructor',
    'a.__proto__',
    'a.constructor.name',
    '/toString',
    'f.valueOf',
  ])('%s is missing', (path) => expect(findClaim(token, path)).toBeUndefined())

  test('also in objects that have a prototype', () => {
    expect(findClaim({ a: {} }, 'a.toString')).toBeUndefined()
    expect(findClaim({}, '__proto__')).toBeUndefined()
  })
})

test('the address of a claim finds that claim and no other', () => {
  const name = fc.constantFrom('a', 'b', 'a.b', '/a', 'a/b', '~', '', '__proto__', '0', 'https://x.example/y')
  const object = fc.letrec((tie) => ({
    node: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.integer(), tie('node'))),
  })).node
  fc.assert(
    fc.property(object, (value) => {
      const token = claims(JSON.stringify(value))
      for (const { path, value: found } of listClaims(token)) expect(findClaim(token, path)).toBe(found)
    }),
  )
})

test('a dotted address is not given where a plain name would hide it', () => {
  expect(claimAddress(claims('{"a.b":1,"a":{"b":2}}'), ['a', 'b'])).toBe('/a/b')
  expect(claimAddress(claims('{"a":{"b":2}}'), ['a', 'b'])).toBe('a.b')
})

test.each([
  ['"x"', ['x']],
  ['true', ['true']],
  ['-0', ['0']],
  ['1.50', ['1.5']],
  ['1e21', ['1000000000000000000000']],
  ['1e-7', ['0.0000001']],
  ['-2.5e-8', ['-0.000000025']],
  ['1.25e22', ['12500000000000000000000']],
  ['12345678901234567890', ['12345678901234567890']],
  ['null', []],
  ['{}', []],
  ['["a",1,false,null,["b"],{}]', ['a', '1', 'false']],
])('%s says %j', (text, strings) => {
  const result = parseJson(text)
  expect(result.ok && stringsOf(result.value)).toEqual(strings)
})
