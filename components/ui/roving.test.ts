import { expect, test } from 'vitest'
import { stepOf, turned } from './roving'

const to = (from: string, key: string) => {
  const step = stepOf(key)
  return step === null ? null : turned(['a', 'b', 'c'], (item) => item === from, step)
}

test('arrow keys go round, Home and End to the ends, other keys nowhere', () => {
  expect(to('a', 'ArrowRight')).toBe('b')
  expect(to('c', 'ArrowDown')).toBe('a')
  expect(to('a', 'ArrowLeft')).toBe('c')
  expect(to('b', 'ArrowUp')).toBe('a')
  expect(to('b', 'Home')).toBe('a')
  expect(to('b', 'End')).toBe('c')
  expect(to('b', 'Enter')).toBeNull()
  expect(turned([], () => true, 1)).toBeUndefined()
})
