import { expect, test } from 'vitest'
import { bytesText, costOfAMonth, heldAfterAYear } from './sizes'

const sizes = {
  decision: { table: 1000, indexes: 500 },
  accessToken: { table: 200, indexes: 100 },
  entry: { table: 10, indexes: 5 },
}
const load = {
  ...{ loginsPerSecond: 1, refusedShare: 0.25, acceptedDays: 10, refusedDays: 4 },
  ...{ tokenDays: 1, tokenSeconds: 43_200 },
}

test('rows are those of the days they are kept, by kind', () => {
  // 86 400 logins a day; three quarters of ten days, one quarter of four, and tokens of a day and a half.
  expect(heldAfterAYear(load, sizes)).toEqual([
    { what: 'decisions, accepted', rows: 648_000, tableBytes: 648_000_000, indexBytes: 324_000_000 },
    { what: 'decisions, refused', rows: 86_400, tableBytes: 86_400_000, indexBytes: 43_200_000 },
    { what: 'access tokens', rows: 97_200, tableBytes: 19_440_000, indexBytes: 9_720_000 },
    // Those of a whole year, whatever was removed.
    { what: 'entries of the evidence log', rows: 31_536_000, tableBytes: 315_360_000, indexBytes: 157_680_000 },
  ])
})

test('nothing is older than the year', () => {
  const [accepted] = heldAfterAYear({ ...load, refusedShare: 0, acceptedDays: 3_650 }, sizes)
  expect(accepted?.rows).toBe(365 * 86_400)
})

test('a month costs its disk and its cores', () => {
  const held = [{ what: 'rows', rows: 1, tableBytes: 1_500e9, indexBytes: 500e9 }]
  // 1 000 logins of 0.6 ms are 0.6 cores, half of two.
  const use = { cpuMs: 0.6, busy: 0.5, prices: { gigabyte: 0.1, core: 30 } }
  expect(costOfAMonth({ loginsPerSecond: 1_000 }, held, use)).toEqual({
    gigabytes: 2_000,
    cores: 2,
    disk: 200,
    processors: 60,
  })
})

test('bytes read as disks are sold', () => {
  expect([0, 999, 1000, 1_234_567, 15_400_000_000_000].map(bytesText)).toEqual([
    ...['0 B', '999 B', '1.0 KB', '1.2 MB', '15.4 TB'],
  ])
})
