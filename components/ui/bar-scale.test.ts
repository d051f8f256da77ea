import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, changeWords, toBars } from './bar-scale'

test.each([
  [0, 1, 1],
  [5, 1, 5],
  [6, 2, 6],
  [11, 5, 15],
  [21, 5, 25],
  [110, 25, 125],
  [999, 200, 1000],
  [1001, 250, 1250],
])('the axis has steps of 1, 2, 2.5 or 5 and tens: %d → %d, %d', (count, step, max) => {
  expect(axisOf(count)).toEqual({ step, max })
})

const days = fc.array(
  fc.record({ day: fc.constant('2026-11-01'), accepted: fc.nat(100_000), refused: fc.nat(100_000) }),
  { minLength: 1, maxLength: 30 },
)

test('every bar is inside the chart, in order, without overlap', () => {
  fc.assert(
    fc.property(days, (list) => {
      const bars = toBars(list, { width: 600, height: 120 })
      for (const [at, bar] of bars.entries()) {
        expect(bar.refusedTop).toBeGreaterThanOrEqual(0)
        expect(bar.refusedTop).toBeLessThanOrEqual(bar.acceptedTop)
        expect(bar.acceptedTop).toBeLessThanOrEqual(120)
        expect(bar.x + bar.width).toBeLessThanOrEqual(bars[at + 1]?.x ?? 600)
      }
    }),
  )
})

test('one login among many can be seen', () => {
  const [bar] = toBars(
    [
      { day: 'a', accepted: 0, refused: 1 },
      { day: 'b', accepted: 100_000, refused: 0 },
    ],
    {
      width: 600,
      height: 120,
    },
  )
  expect(bar!.acceptedTop - bar!.refusedTop).toBeGreaterThanOrEqual(1)
})

test('a day without logins has no bar', () => {
  const [bar] = toBars([{ day: 'a', accepted: 0, refused: 0 }], { width: 600, height: 120 })
  expect(bar!.refusedTop).toBe(120)
})

test('changes of a day are counted in words, and a day without says nothing', () => {
  const day = { day: '2026-11-01', accepted: 1, refused: 1 }
  expect(changeWords(day)).toBe('')
  expect(changeWords({ ...day, trustChanges: 2, keyChanges: 1 })).toBe('2 trusts, 1 key')
  expect(changeWords({ ...day, trustChanges: 1, keyChanges: 0 })).toBe('1 trust')
})
