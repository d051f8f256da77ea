import { expect, test } from 'vitest'
import { scoreChange, trendLines } from './score-trend'

const size = { width: 100, height: 50 }
const day = (date: number, score: number | null) => ({ day: `2026-11-${String(date).padStart(2, '0')}`, score })

test('100 is at the top and 0 at the bottom, the last day at the right', () => {
  expect(trendLines([day(1, 100), day(3, 0)], size)).toEqual(['0,0 100,50'])
})

test('a missing day keeps its width, a day without a score breaks the line', () => {
  expect(trendLines([day(1, 50), day(5, 50)], size)).toEqual(['0,25 100,25'])
  expect(trendLines([day(1, 50), day(2, null), day(3, 50)], size)).toEqual(['0,25', '100,25'])
})

test('one day is one point; none is no line', () => {
  expect(trendLines([day(1, 40)], size)).toEqual(['0,30'])
  expect(trendLines([], size)).toEqual([])
  expect(trendLines([day(1, null)], size)).toEqual([])
})

test('the change is from the first known score to the last', () => {
  expect(scoreChange([day(1, null), day(2, 40), day(3, 90), day(4, 70)])).toBe(30)
  expect(scoreChange([day(1, 40), day(2, null)])).toBeNull()
})
