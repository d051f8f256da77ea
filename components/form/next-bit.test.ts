import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextBit } from './next-bit'

const keys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End'] as const

test('arrows go by one and by a row, and stop at the edges', () => {
  expect(nextBit(0, 'ArrowRight')).toBe(1)
  expect(nextBit(7, 'ArrowRight')).toBe(8)
  expect(nextBit(8, 'ArrowLeft')).toBe(7)
  expect(nextBit(3, 'ArrowDown')).toBe(11)
  expect(nextBit(11, 'ArrowUp')).toBe(3)
  expect(nextBit(0, 'ArrowLeft')).toBe(0)
  expect(nextBit(3, 'ArrowUp')).toBe(3)
  expect(nextBit(63, 'ArrowRight')).toBe(63)
  expect(nextBit(60, 'ArrowDown')).toBe(60)
})

test('Home and End go to the ends of the row, with Control to the ends of all', () => {
  expect(nextBit(13, 'Home')).toBe(8)
  expect(nextBit(13, 'End')).toBe(15)
  expect(nextBit(13, 'Home', true)).toBe(0)
  expect(nextBit(13, 'End', true)).toBe(63)
})

test('any other key is left to the browser', () => {
  for (const key of ['Tab', 'Enter', ' ', 'a', 'PageDown', 'constructor', '__proto__']) {
    expect(nextBit(5, key)).toBeNull()
  }
})

test('no walk leaves the 64 switches, and every switch can be reached from every other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...keys), { maxLength: 100 }),
      fc.integer({ min: 0, max: 63 }),
      (walk, start) => {
        const end = walk.reduce((bit, key) => nextBit(bit, key) ?? bit, start)
        expect(end).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(63)
      },
    ),
  )
  let bit = 0
  for (let step = 0; step < 63; step++) bit = nextBit(bit, 'ArrowRight') ?? bit
  expect(bit).toBe(63)
})
