import { expect, test } from 'vitest'
import { countsByDay, momentOf } from './moments'

// A Sunday.
const until = new Date('2026-11-29T12:00:00Z')

test('every decision falls on one of the days before, oldest first, whatever the rounding', () => {
  for (const [total, days] of [
    [1, 90],
    [7, 30],
    [10_000, 90],
    [123_457, 365],
  ] as const) {
    const all = countsByDay(total, days, until)
    expect(all).toHaveLength(days)
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    expect(all.every(({ count }) => count >= 0)).toBe(true)
    expect(all.at(-1)?.day).toEqual(new Date('2026-11-28T00:00:00Z'))
  }
})

test('weekends are quiet, and there are more logins at the end than in the beginning', () => {
  const all = countsByDay(100_000, 28, until)
  const on = (day: string) => all.find(({ day: one }) => one.toISOString().startsWith(day))?.count ?? 0
  expect(on('2026-11-28')).toBeLessThan(on('2026-11-27') / 2)
  expect(on('2026-11-27')).toBeGreaterThan(on('2026-11-06'))
})

test('moments of a day are in order, within it, and most of them in working hours', () => {
  const day = new Date('2026-11-27T00:00:00Z')
  const moments = Array.from({ length: 1_000 }, (_, at) => momentOf(day, at, 1_000))
  expect(moments.every((moment) => moment.toISOString().startsWith('2026-11-27'))).toBe(true)
  expect(moments.map((moment) => moment.getTime())).toEqual(
    moments.map((moment) => moment.getTime()).sort((a, b) => a - b),
  )
  const working = moments.filter((moment) => moment.getUTCHours() >= 7 && moment.getUTCHours() < 17)
  expect(working.length).toBeGreaterThan(500)
})
