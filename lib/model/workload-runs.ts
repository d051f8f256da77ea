import { z } from 'zod'

/** Runs that are remembered of a workload, and trusts of one run. */
export const [runsMax, trustsMax] = [20, 30]
/** Runs that must have ended before there is a usual number of trusts: a new workload has none. */
export const earlierMin = 5
/**
 * Days for which a workload is remembered after its last run, at most; and for which a run that opened most is usual, after it is no more among
 * those that are remembered: the release of each month.
 */
export const rememberedDays = 90
const rememberedMs = rememberedDays * 86_400_000
/** A run is seen again at most so often. */
const seenEveryMs = 600_000

const Ms = z.number().int().min(0)

export const WorkloadRuns = z.object({
  runs: z
    .array(z.object({ run: z.string(), fromMs: Ms, toMs: Ms, trusts: z.array(z.string()).min(1).max(trustsMax) }))
    .max(runsMax),
  /** The most trusts that a run opened which is not among them any more, and when. */
  most: z.object({ trusts: z.number().int().min(1), atMs: Ms }).nullable(),
})
export type WorkloadRuns = z.output<typeof WorkloadRuns>

type Run = WorkloadRuns['runs'][number]
type Use = { run: string; trustId: string; atMs: number }
type Noted = {
  /** What is remembered from now on; null where nothing changed. */
  next: WorkloadRuns | null
  /** How many trusts the run has opened. At `trustsMax` there may be more. */
  opened: number
  /** The most trusts that other runs opened; null while too few runs have ended. */
  usual: number | null
  /** Whether the trust is one more than usual. */
  isBeyond: boolean
}

/** Notes that a run opened a trust, and compares the run with the others of its workload. */
export function noteUse(known: WorkloadRuns, { run: id, trustId, atMs }: Use): Noted {
  const own = known.runs.find(({ run }) => run === id)
  const others = known.runs.filter((one) => one !== own)
  const { fromMs, toMs, trusts }: Omit<Run, 'run'> = own ?? { fromMs: atMs, toMs: atMs, trusts: [] }
  const isKnown = trusts.includes(trustId)
  const nowAt = isKnown ? trusts.indexOf(trustId) : trusts.length
  const next = isKnown || trusts.length === trustsMax ? trusts : [...trusts, trustId]
  const usual = usualOf(known.most, others, fromMs)
  const isBeyond = usual !== null && nowAt >= usual
  const isSame = own !== undefined && next === trusts && atMs - toMs < seenEveryMs
  const all = [...others, { run: id, fromMs: Math.min(fromMs, atMs), toMs: Math.max(toMs, atMs), trusts: next }]
  return { next: isSame ? null : cut(known.most, all), opened: next.length, usual, isBeyond }
}

function usualOf(most: WorkloadRuns['most'], others: readonly Run[], fromMs: number): number | null {
  // One that goes on beside it may not have opened all of its trusts yet.
  const ended = others.filter(({ toMs }) => toMs < fromMs)
  if (ended.length < earlierMin) return null
  const isRecent = most !== null && fromMs - most.atMs < rememberedMs
  return Math.max(...others.map(({ trusts }) => trusts.length), isRecent ? most.trusts : 0)
}

/** The runs that began last. Of those that are dropped the number of trusts is kept, if it is the most. */
function cut(most: WorkloadRuns['most'], runs: readonly Run[]): WorkloadRuns {
  const sorted = [...runs].sort((one, other) => one.fromMs - other.fromMs)
  const dropped = sorted.slice(0, Math.max(0, sorted.length - runsMax))
  const found = dropped.reduce<WorkloadRuns['most']>((best, { trusts: { length }, toMs }) => {
    const isOld = best !== null && toMs - best.atMs >= rememberedMs
    return best !== null && best.trusts > length && !isOld ? best : { trusts: length, atMs: toMs }
  }, most)
  return { runs: sorted.slice(dropped.length), most: found }
}
