import { describe, expect, test } from 'vitest'
import { earlierMin, noteUse, runsMax, trustsMax, WorkloadRuns } from './workload-runs'

const minute = 60_000
const day = 24 * 60 * minute
const none: WorkloadRuns = { runs: [], most: null }

/** Notes uses one after the other; each is a run, a trust, and a time. */
function noted(uses: readonly (readonly [string, string, number])[], known = none) {
  let runs = known
  const found = uses.map(([run, trustId, atMs]) => {
    const one = noteUse(runs, { run, trustId, atMs })
    runs = one.next ?? runs
    return one
  })
  return { runs, last: found.at(-1), beyond: found.filter(({ isBeyond }) => isBeyond).length }
}

/** Runs that ended, an hour apart, each at so many trusts. */
const ended = (count: number, trusts = 1, from = 0) =>
  Array.from({ length: count }, (_, n) =>
    Array.from(
      { length: trusts },
      (__, at) => [`run ${from + n}`, `trust ${at}`, (from + n) * 60 * minute + at] as const,
    ),
  ).flat()

const later = 100 * 60 * minute

test('a run that opens one trust more than the runs before it is beyond the usual', () => {
  const { last, beyond } = noted([...ended(earlierMin), ['new', 'trust 0', later], ['new', 'trust 1', later + 1]])
  expect(last).toMatchObject({ isBeyond: true, opened: 2, usual: 1 })
  expect(beyond).toBe(1)
})

test('the usual is the most that a run opened, whichever trusts they were', () => {
  const usual = [...ended(1, 3), ...ended(earlierMin, 1, 1)]
  const opened = ['other 0', 'other 1', 'other 2'].map((trust, n) => ['new', trust, later + n] as const)
  expect(noted([...usual, ...opened])).toMatchObject({ beyond: 0, last: { usual: 3, opened: 3 } })
  expect(noted([...usual, ...opened, ['new', 'other 3', later + 4]])).toMatchObject({ beyond: 1 })
})

test('a login again at a trust that was beyond is beyond as well, at one that was not is not', () => {
  const wide = [...ended(earlierMin), ['new', 'trust 0', later], ['new', 'trust 1', later + 1]] as const
  expect(noted([...wide, ['new', 'trust 1', later + 2]]).beyond).toBe(2)
  expect(noted([...wide, ['new', 'trust 0', later + 2]]).beyond).toBe(1)
})

describe('nothing is beyond the usual', () => {
  test('while too few runs have ended', () => {
    const { last } = noted([...ended(earlierMin - 1), ['new', 'trust 0', later], ['new', 'trust 1', later + 1]])
    expect(last).toMatchObject({ isBeyond: false, usual: null })
  })

  test('while the other runs go on beside it: they may open more trusts yet', () => {
    const beside = Array.from({ length: earlierMin + 2 }, (_, n) => [`run ${n}`, 'trust 0', n] as const)
    const again = beside.map(([run]) => [run, 'trust 0', 30 * minute] as const)
    const { last } = noted([...beside, ...again, ['run 6', 'trust 1', 31 * minute]])
    expect(last).toMatchObject({ isBeyond: false, usual: null })
  })

  test('once a run has opened as many: it is usual from then on', () => {
    const wide = [...ended(earlierMin), ['one', 'trust 0', later], ['one', 'trust 1', later + 1]] as const
    const { beyond } = noted([...wide, ['two', 'trust 0', later + day], ['two', 'trust 1', later + day]])
    expect(beyond).toBe(1)
  })
})

test('the most that a run opened is usual for 90 days, also after more runs than are remembered', () => {
  const wide = [...ended(earlierMin), ['one', 'trust 0', later], ['one', 'trust 1', later + 1]] as const
  const after = (from: number) =>
    Array.from({ length: runsMax + 5 }, (_, n) => [`after ${from} ${n}`, 'trust 0', later + from + n * minute] as const)
  const again = (at: number) => [['two', 'trust 0', at] as const, ['two', 'trust 1', at + 1] as const]
  const soon = noted([...wide, ...after(day), ...again(later + 30 * day)])
  expect(soon).toMatchObject({ beyond: 1, last: { usual: 2 } })
  const long = noted([...wide, ...after(day), ...after(91 * day), ...again(later + 92 * day)])
  expect(long).toMatchObject({ beyond: 2, last: { usual: 1 } })
})

test('what is remembered is bounded: runs, and trusts of a run', () => {
  const many = ended(runsMax + 10)
  const wide = Array.from({ length: trustsMax + 10 }, (_, n) => ['wide', `trust ${n}`, later + n] as const)
  const { runs, last, beyond } = noted([...many, ...wide])
  expect(runs.runs).toHaveLength(runsMax)
  expect(runs.runs.at(-1)?.trusts).toHaveLength(trustsMax)
  expect(last).toMatchObject({ isBeyond: true, opened: trustsMax })
  expect(beyond).toBe(trustsMax + 10 - 1)
  expect(WorkloadRuns.parse(JSON.parse(JSON.stringify(runs)))).toEqual(runs)
})

test('a further login of a run at the same trust changes nothing for ten minutes', () => {
  const { runs } = noted([['one', 'trust 0', 0]])
  expect(noteUse(runs, { run: 'one', trustId: 'trust 0', atMs: 9 * minute }).next).toBeNull()
  expect(noteUse(runs, { run: 'one', trustId: 'trust 0', atMs: 10 * minute }).next?.runs[0]).toMatchObject({
    fromMs: 0,
    toMs: 10 * minute,
  })
})
