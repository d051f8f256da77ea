import { expect, test } from 'vitest'
import { changedMembers } from './changed-members'

test('of a list only what goes and comes is said', () => {
  const many = Array.from({ length: 12 }, (_, at) => `"a${at}"`)
  const words = (values: string[]) => `one of ${values.join(', ')}`
  expect(changedMembers(words(many), words([...many.slice(1), '"b, \\"c"']))).toEqual({
    gone: ['"a0"'],
    come: ['"b, \\"c"'],
    kept: 11,
  })
  expect(changedMembers('"a"', 'one of "a", "b"')).toEqual({ gone: [], come: ['"b"'], kept: 1 })
  expect(changedMembers('10.0.0.0/8\n::/0', '10.0.0.0/8')).toEqual({ gone: ['::/0'], come: [], kept: 1 })
})

test('another value, and another order, is said in full', () => {
  expect(changedMembers('"a"', '"b"')).toBeNull()
  expect(changedMembers('15m = 900 s', '30d = 2592000 s')).toBeNull()
  expect(changedMembers('one of "a", "b"', 'one of "b", "a"')).toBeNull()
  expect(changedMembers('one\ntwo', 'two\none\nthree')).toBeNull()
})
