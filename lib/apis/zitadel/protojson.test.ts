import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromProtoJson, withoutDefaults } from './protojson'

test('names in snake_case and in lowerCamel are the same, at every depth', () => {
  const sent = { jwt_endpoint: 'a', queries: [{ idp_name_query: { name: 'b' } }] }
  expect(fromProtoJson(sent)).toEqual({ jwtEndpoint: 'a', queries: [{ idpNameQuery: { name: 'b' } }] })
})

test('null is absent', () => {
  expect(fromProtoJson({ issuer: null, query: { asc: null } })).toEqual({ query: {} })
})

test('a member under both of its names is refused', () => {
  expect(() => fromProtoJson({ jwtEndpoint: 'a', jwt_endpoint: 'a' })).toThrow(/duplicate field "jwtEndpoint"/)
})

test('a member named __proto__ stays an own member, for the parser to refuse', () => {
  const sent = JSON.parse('{"__proto__":{"admin":true}}')
  const read = fromProtoJson(sent)
  expect(Object.hasOwn(Object(read), '__proto__')).toBe(true)
  expect(Reflect.get(Object(read), 'admin')).toBeUndefined()
})

test('names in lowerCamel and values other than null are not changed', () => {
  const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean())
  const value = fc.letrec((tie) => ({
    value: fc.oneof(leaf, fc.array(tie('value')), fc.dictionary(name, tie('value'), { noNullPrototype: true })),
  })).value
  fc.assert(
    fc.property(value, (sent) => {
      expect(fromProtoJson(sent)).toEqual(sent)
    }),
  )
})

test('empty values are left out', () => {
  const message = { a: '', b: false, c: 0, d: '0', e: [], f: 'STYLING_TYPE_UNSPECIFIED', g: undefined }
  expect(withoutDefaults({ ...message, kept: 'x', list: [0], yes: true })).toEqual({ kept: 'x', list: [0], yes: true })
})
