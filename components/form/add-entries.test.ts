import { expect, test } from 'vitest'
import { addEntries } from './add-entries'

test('a duplicate is refused with a sentence that names it, the others are added', () => {
  expect(addEntries(['a'], ['b', 'a', 'c', 'b'])).toEqual({
    list: ['a', 'b', 'c'],
    refused: ['a', 'b'],
    problem: '"a" is in the list already.',
  })
})

test('a wrong entry is refused with the sentence of its check', () => {
  expect(addEntries([], ['ok', 'no'], (entry) => (entry === 'no' ? 'Not this one.' : null))).toEqual({
    list: ['ok'],
    refused: ['no'],
    problem: 'Not this one.',
  })
})

test('the given list stays as it was', () => {
  const list = ['a']
  addEntries(list, ['b'])
  expect(list).toEqual(['a'])
})
