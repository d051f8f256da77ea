import { expect, test } from 'vitest'
import { median, percentile } from './statistics'

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([7])).toBe(7)
  expect(median([])).toBeNaN()
})

test('a percentile is the smallest value that the share of all values does not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
  expect(percentile(hundred, 0.5)).toBe(50)
  expect(percentile(hundred, 0.99)).toBe(99)
  expect(percentile(hundred, 1)).toBe(100)
  expect(percentile([3, 1, 2], 0)).toBe(1)
  expect(percentile([], 0.5)).toBeNaN()
})

test('neither changes the order of what it is given', () => {
  const values = [3, 1, 2]
  median(values)
  percentile(values, 0.5)
  expect(values).toEqual([3, 1, 2])
})
