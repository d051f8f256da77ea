import { expect, test } from 'vitest'
import { keptAnswers } from './kept-answers'

test('an answer is found once for each text, also one that is null', () => {
  const found: string[] = []
  const answerOf = keptAnswers<number | null>(10)
  const find = (text: string) => {
    found.push(text)
    return text === '' ? null : text.length
  }
  for (const text of ['', 'one', '', 'one']) answerOf(text, find)
  expect(found).toEqual(['', 'one'])
  expect([answerOf('', find), answerOf('one', find)]).toEqual([null, 3])
})

test('no more answers are kept than there is room for, and none of a long text', () => {
  let finds = 0
  const answerOf = keptAnswers<number>(2, 3)
  const ask = (text: string) => answerOf(text, () => finds++)
  for (const text of ['a', 'b', 'a', 'b']) ask(text)
  expect(finds).toBe(2)
  // The third forgets the two before it.
  for (const text of ['c', 'a', 'b']) ask(text)
  expect(finds).toBe(5)
  for (const text of ['long', 'long']) ask(text)
  expect(finds).toBe(7)
})
