import { expect, test } from 'vitest'
import { ratios } from './measure'
import { parseStat } from './processes'

test('each window is compared with the mean of the bare windows before and after it', () => {
  expect(ratios([10, 30], [50, 150, 50])).toEqual([0.1, 0.3])
})

test('CPU time of a process includes what its ended children used, whatever its name is', () => {
  const rest = '1 2 3 0 -1 4194560 1 2 3 4 100 20 30 4 20 0 11 0 85 1 2'
  expect(parseStat(`77 (node (x) S 9) S ${rest}`)).toEqual({ parent: 1, ticks: 154 })
})
