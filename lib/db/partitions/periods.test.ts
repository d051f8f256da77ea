import { describe, expect, test } from 'vitest'
import { toBounds } from './catalogue'
import { firstBoundary, overlaps, periodAt, periodOf, periodsAhead } from './periods'
import { serverProblem } from './table-facts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const range = (from: string, to: string) => ({ from: day(from), to: day(to) })

test.each([
  ['day', '2026-02-28T23:59:59.999Z', range('2026-02-28', '2026-03-01')],
  // ISO 8601: 2026-W53 is the week from 28 December 2026 to 3 January 2027.
  ['week', '2027-01-03T12:00:00Z', range('2026-12-28', '2027-01-04')],
  ['week', '2026-12-28T00:00:00Z', range('2026-12-28', '2027-01-04')],
  ['month', '2028-02-29T01:00:00Z', range('2028-02-01', '2028-03-01')],
  ['month', '2026-12-31T23:00:00Z', range('2026-12-01', '2027-01-01')],
] as const)('the %s of %s', (period, at, expected) => {
  expect(periodAt(period, new Date(at))).toEqual(expected)
  expect(periodOf(expected)).toBe(period)
})

test.each(['day', 'week', 'month'] as const)(
  'ahead are two whole periods by %s, and a week, without a gap',
  (period) => {
    for (const now of ['2026-02-28T00:00:00Z', '2026-12-31T23:59:59.999Z', '2028-02-27T12:00:00Z'].map(
      (at) => new Date(at),
    )) {
      const ahead = periodsAhead(period, now)
      expect(ahead[0]).toEqual(periodAt(period, now))
      expect(ahead.length).toBeGreaterThanOrEqual(3)
      expect(ahead.at(-1)?.to.getTime()).toBeGreaterThanOrEqual(now.getTime() + 7 * 86_400_000)
      for (const [at, { from }] of ahead.entries()) if (at > 0) expect(from).toEqual(ahead[at - 1]?.to)
    }
  },
)

test('the first boundary is two days away at least, and one of the period', () => {
  expect(firstBoundary('day', new Date('2026-12-01T10:00:00Z'))).toEqual(day('2026-12-04'))
  expect(firstBoundary('week', new Date('2026-12-05T10:00:00Z'))).toEqual(day('2026-12-14'))
  expect(firstBoundary('month', new Date('2026-12-30T10:00:00Z'))).toEqual(day('2027-02-01'))
})

test('ranges that only touch do not overlap', () => {
  const week = range('2026-12-07', '2026-12-14')
  expect(overlaps(week, range('2026-12-14', '2026-12-21'))).toBe(false)
  expect(overlaps({ from: null, to: week.from }, week)).toBe(false)
  expect(overlaps({ from: null, to: null }, week)).toBe(true)
})

describe('bounds are read as PostgreSQL tells them', () => {
  test.each([
    ['DEFAULT', { isDefault: true, from: null, to: null }],
    [`FOR VALUES FROM (MINVALUE) TO ('2026-12-07 00:00:00')`, { isDefault: false, from: null, to: day('2026-12-07') }],
    [
      `FOR VALUES FROM ('2026-12-07 00:00:00') TO ('2026-12-14 00:00:00')`,
      { isDefault: false, ...range('2026-12-07', '2026-12-14') },
    ],
    // Under another DateStyle: left alone, and taken to hold all times.
    [`FOR VALUES FROM ('07.12.2026 00:00:00') TO ('14.12.2026 00:00:00')`, { isDefault: false, from: null, to: null }],
  ])('%s', (text, expected) => {
    expect(toBounds(text)).toEqual(expected)
  })
})

// As the documentation of each shows what version() answers.
test.each([
  ['PostgreSQL 18.4 on x86_64-linux, compiled by gcc, 64-bit', 180_004, null],
  ['PostgreSQL 12.22 on x86_64-pc-linux-gnu, compiled by gcc', 120_022, /^This server is PostgreSQL 12\.22; .* 13/],
  [
    'CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27, go1.19.10)',
    130_000,
    /^This server is CockroachDB CCL v23/,
  ],
  ['PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64-pc-linux-gnu', 110_002, /^This server is PostgreSQL 11\.2-YB/],
])('a server that says it is %s', (version, number, expected) => {
  const problem = serverProblem(version, number)
  if (expected === null) expect(problem).toBeNull()
  else expect(problem).toMatch(expected)
})
