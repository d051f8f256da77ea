import { describe, expect, test } from 'vitest'
import { foldedRowId, newRequestId, requestIdInto } from '@/lib/ids'
import { hourlyRows, placeRepeat, repeats } from './repeats'

const minute = 60_000

/** Counts `times`, making a row whenever one is asked for; answers the rows made, by level. */
function run(levels: Parameters<typeof placeRepeat>[0], times: number, nowMs = 0): number[] {
  const rows: number[] = levels.map(() => 0)
  for (let time = 0; time < times; time++) {
    const { level, folded } = placeRepeat(levels, nowMs)
    if (folded && folded.rowIds.length > 0) continue
    rows[level] = (rows[level] ?? 0) + 1
    folded?.countInto(`row ${level}`)
  }
  return rows
}

describe('repetitions within an hour are counted in one row', () => {
  test('after the first few', () => {
    const levels = [{ repeats: repeats({ ownMax: 3 }), key: 'a', budgets: [] }]
    expect(run(levels, 1000)).toEqual([4])
    expect(run(levels, 1000, 59 * minute)).toEqual([0])
  })

  test('and begins anew in the next hour, or when the clock was set back', () => {
    const levels = [{ repeats: repeats({ ownMax: 3 }), key: 'a', budgets: [] }]
    expect(run(levels, 10, 0)).toEqual([4])
    expect(run(levels, 10, 60 * minute)).toEqual([4])
    expect(run(levels, 10, 0)).toEqual([4])
  })

  test('ever new keys of one caller end in the wider level, whose rows are few', () => {
    const [one, many, rows] = [repeats({ ownMax: 3 }), repeats({ ownMax: 0 }), hourlyRows(50)]
    const made = [0, 0]
    for (let key = 0; key < 10_000; key++) {
      const levels = [
        { repeats: one, key: `identity ${key}`, budgets: [{ rows, key: 'caller' }] },
        { repeats: many, key: 'cause', budgets: [] },
      ]
      const added = run(levels, 1)
      made[0] = (made[0] ?? 0) + (added[0] ?? 0)
      made[1] = (made[1] ?? 0) + (added[1] ?? 0)
    }
    expect(made).toEqual([50, 1])
  })
})

test('every request that is counted into a row has an id of its own form, which leads back to the row', () => {
  const rowId = foldedRowId(newRequestId())
  const ids = Array.from({ length: 100 }, () => requestIdInto(rowId))
  for (const id of [rowId, ...ids]) {
    expect(id).toMatch(/^req-[A-Za-z0-9]{14}$/)
    expect(foldedRowId(id)).toBe(rowId)
  }
  expect(new Set(ids).size).toBeGreaterThan(90)
})
