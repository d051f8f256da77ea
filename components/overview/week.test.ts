import { expect, test } from 'vitest'
import { lastWeek, refusalsRose, sparkPoints } from './week'

const days = (refused: readonly number[]) =>
  refused.map((count, at) => ({ day: `2026-11-${String(at + 1).padStart(2, '0')}`, accepted: 1, refused: count }))

test('a week is compared with the week before', () => {
  expect(lastWeek(days([...Array(7).fill(2), ...Array(7).fill(3)]), 'refused')).toEqual({ count: 21, change: 50 })
  expect(lastWeek(days(Array(7).fill(3)), 'refused')).toEqual({ count: 21, change: null })
})

test('refusals are an incident only where they are many, and more than three times as many as on a usual day', () => {
  expect(refusalsRose(days([...Array(14).fill(10), 31]))).toMatchObject({ today: 31, usual: 10 })
  expect(refusalsRose(days([...Array(14).fill(10), 30]))).toBeNull()
  expect(refusalsRose(days([...Array(14).fill(0), 19]))).toBeNull()
  expect(refusalsRose([])).toBeNull()
})

test('a spark line spans its box, and a level one is level', () => {
  expect(sparkPoints([0, 5, 10], { width: 100, height: 20 })).toBe('0.0,20.0 50.0,10.0 100.0,0.0')
  expect(sparkPoints([4, 4], { width: 100, height: 20 })).toBe('0.0,20.0 100.0,20.0')
})
