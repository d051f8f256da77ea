import { expect, test } from 'vitest'
import { cn } from './cn'

test('our 13 px text size lives beside a text colour and yields to another size', () => {
  expect(cn('text-compact', 'text-refused')).toBe('text-compact text-refused')
  expect(cn('text-compact', 'text-sm')).toBe('text-sm')
})

test('a later class wins over an earlier one for the same property', () => {
  expect(cn('px-2 h-8', false, 'px-4')).toBe('h-8 px-4')
})
