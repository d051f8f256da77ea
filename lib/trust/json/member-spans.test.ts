import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memberSpans } from './member-spans'

test('each member is found where it is written', () => {
  const text = ' {"a" : 1,\n"b\\"c":"x,}\\"","d":{"a":[1,{"e":2}]}, "f":[ ] ,"g":null}'
  const found = Object.fromEntries([...memberSpans(text)].map(([name, [start, end]]) => [name, text.slice(start, end)]))
  expect(found).toEqual({
    a: '"a" : 1',
    'b"c': '"b\\"c":"x,}\\""',
    d: '"d":{"a":[1,{"e":2}]}',
    f: '"f":[ ]',
    g: '"g":null',
  })
})

test('in any object each span is a member of it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2), (object, indent) => {
      const text = JSON.stringify(object, null, indent)
      const spans = memberSpans(text)
      const names = Object.keys(JSON.parse(text))
      expect([...spans.keys()].sort()).toEqual(names.sort())
      for (const [name, [start, end]] of spans) {
        expect(JSON.parse(`{${text.slice(start, end)}}`)).toEqual({ [name]: JSON.parse(text)[name] })
      }
    }),
  )
})

test('any text ends', () => {
  fc.assert(fc.property(fc.string(), (text) => memberSpans(text).size >= 0))
})
