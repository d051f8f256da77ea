import { expect, test } from 'vitest'
import { migrationStates } from '@/lib/trust/migration/migration-state'
import { boardColumns, stateWords, usedWords } from './state-words'

test('every state has words and a place on the board, one', () => {
  for (const state of migrationStates) {
    expect(stateWords[state].word).not.toBe('')
    expect(boardColumns.filter(({ states }) => states.includes(state))).toHaveLength(1)
  }
})

test('uses are counted in words', () => {
  const use = (accepted: number, refused: number) => ({ accepted, refused, lastAt: null })
  expect(usedWords(use(0, 0))).toBe('none')
  expect(usedWords(use(1, 0))).toBe('1 login')
  expect(usedWords(use(12, 3))).toBe('12 logins, 3 refused')
})
