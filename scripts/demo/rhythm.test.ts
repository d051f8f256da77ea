import { expect, test } from 'vitest'
import type { Rhythm } from './machine'
import { seededRandom } from './random'
import { momentsOf } from './rhythm'

const from = new Date('2026-03-02T00:00:00Z')
const to = new Date('2026-03-29T23:59:59Z')
const rhythms: Rhythm[] = [
  { kind: 'office', perWorkday: 9, perRestDay: 1 },
  { kind: 'every', hours: 4, minute: 30 },
  { kind: 'nightly', hour: 3, times: 2 },
]

test.each(rhythms)('$kind keeps between its ends, in order', (rhythm) => {
  const moments = momentsOf(rhythm, from, to, seededRandom(1)).map((moment) => moment.getTime())
  expect(moments.length).toBeGreaterThan(20)
  expect(moments).toEqual([...moments].sort((one, other) => one - other))
  expect(moments.every((moment) => moment >= from.getTime() && moment <= to.getTime())).toBe(true)
})

test('an office is busier on workdays than at the weekend', () => {
  const moments = momentsOf({ kind: 'office', perWorkday: 9, perRestDay: 1 }, from, to, seededRandom(1))
  const rest = moments.filter((moment) => [0, 6].includes(moment.getUTCDay())).length
  expect((moments.length - rest) / 20).toBeGreaterThan(3 * (rest / 8))
})

test('every four hours is six times a day', () => {
  const day = momentsOf(
    { kind: 'every', hours: 4, minute: 30 },
    from,
    new Date('2026-03-02T23:59:59Z'),
    seededRandom(1),
  )
  expect(day.map((moment) => moment.getUTCHours())).toEqual([0, 4, 8, 12, 16, 20])
})
