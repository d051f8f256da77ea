import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { Automaton } from './automaton'
import { readings } from './machine'
import { newQuestion } from './question'
import { parseExpression } from './regular-expression'
import { hasText } from './search'

/** Whether an expression has a text; null where so much work does not tell. */
function has(source: string, text: string): boolean | null {
  const automaton = new Automaton()
  automaton.expression(parseExpression(source)!)
  const question = newQuestion(250_000)
  const isFound = hasText(readings(automaton, { accepts: (tags) => tags.length > 0 }), text, question)
  return question.isSpent && !isFound ? null : isFound
}

const atom = fc.constantFrom(
  'a',
  'b',
  '-',
  '\\.',
  '.',
  '[ab]',
  '[^a]',
  '[a-c/]',
  '[^\\s~]',
  '\\d',
  '\\w',
  '\\S',
  '\\x61',
  '%3A',
  '[]-a]',
)
const source = fc.letrec<{ expression: string; item: string }>((tie) => ({
  expression: fc
    .array(
      fc.array(tie('item'), { maxLength: 4 }).map((items) => items.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((items) => items.join('|')),
  item: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3 },
        atom,
        tie('expression').map((inside) => `(?:${inside})`),
      ),
      fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '+?'),
    )
    .map(([item, times]) => item + times),
})).expression

describe('a regular expression', () => {
  test('has the texts that JavaScript finds', () => {
    fc.assert(
      fc.property(
        source,
        fc.string({ unit: fc.constantFrom(...'abc-./ 5_:%3A\n~]'), maxLength: 6 }),
        (expression, text) => {
          // JavaScript tries all ways through nested repetitions one after the other, which takes minutes for longer ones.
          fc.pre(expression.length <= 60)
          const found = has(expression, text)
          fc.pre(found !== null)
          const expected = new RegExp(`^(?:${expression})$`).test(text)
          expect(found, JSON.stringify([expression, text])).toBe(expected)
        },
      ),
      { numRuns: propertyRuns(800) },
    )
  })

  test.each([
    '^a',
    'a$',
    '(?=a)',
    '(?<!a)b',
    '(?<name>a)',
    '(a)\\1',
    '\\bfoo',
    '\\p{L}',
    '\\cA',
    'a**',
    '(a',
    'a)',
    '[a',
    '\\',
    'a{2000}',
    'a{3,2}',
  ])('with %s is not read', (expression) => {
    expect(parseExpression(expression)).toBeNull()
  })

  test('of deep groups is not read', () => {
    expect(parseExpression('(?:'.repeat(5000) + ')'.repeat(5000))).toBeNull()
  })

  test('of huge repetitions is not built', () => {
    const automaton = new Automaton()
    automaton.expression(parseExpression('(?:(?:a{1000}){1000}){1000}')!)
    expect(automaton.isFull).toBe(true)
  })
})
