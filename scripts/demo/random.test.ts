import { expect, test } from 'vitest'
import { seededRandom } from './random'

const draw = (seed: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: 1000 }, () => random.next())
}

test('the same seed gives the same numbers, another seed others', () => {
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('every number lies between 0 and 1, and they spread evenly', () => {
  const numbers = draw(1)
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  for (let tenth = 0; tenth < 10; tenth++) {
    expect(numbers.filter((number) => Math.floor(number * 10) === tenth).length).toBeGreaterThan(60)
  }
})

test('whole numbers reach both ends and never pass them', () => {
  const random = seededRandom(3)
  const drawn = new Set(Array.from({ length: 200 }, () => random.between(2, 5)))
  expect([...drawn].sort()).toEqual([2, 3, 4, 5])
})
