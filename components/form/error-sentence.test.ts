import { expect, test } from 'vitest'
import { errorSentence, listErrors } from './error-sentence'

const deep = [undefined, { value: { type: 'custom', message: 'Type a value.', ref: { message: 'a DOM element' } } }]

test('the sentence of a field of many values is found inside', () => {
  expect(errorSentence(deep)).toBe('Type a value.')
  expect(errorSentence({ type: 'x', message: 'Plain.' })).toBe('Plain.')
})

test('a field without a sentence has none, and the DOM element is never read', () => {
  expect(errorSentence(undefined)).toBeNull()
  expect(errorSentence({ ref: { message: 'no' } })).toBeNull()
})

test('a summary lists every sentence with the name of its field', () => {
  expect(listErrors({ name: { message: 'Too long.' }, rows: deep, root: { server: { message: 'No.' } } })).toEqual([
    { name: 'name', message: 'Too long.' },
    { name: 'rows.1.value', message: 'Type a value.' },
    { name: 'root.server', message: 'No.' },
  ])
})
