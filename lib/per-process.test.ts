import { expect, test } from 'vitest'
import { perProcess } from './per-process'

test('a value is the same for everything that names it, and of no other name', () => {
  const one = perProcess<number>('test-one')
  expect(one.value).toBeUndefined()
  one.value = 1
  expect(perProcess<number>('test-one').value).toBe(1)
  expect(perProcess<number>('test-other').value).toBeUndefined()
})
