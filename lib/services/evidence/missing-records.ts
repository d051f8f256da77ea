import { type LogProblem, type SealedKind, sealedKinds } from '@/lib/model/evidence'

type Missing = { at: string; problem: LogProblem }

/** Of each kind so many are kept to be named; of the others only their number is known. */
const namedMax = 100

/**
 * Records of a log that are not there. Retention says in a later entry that it removes what is older than a time, so which of them are explained is
 * known at the end. Memory does not depend on their number: the latest of each kind are the last to be explained.
 */
export function missingRecords() {
  const counts: Partial<Record<SealedKind, number>> = {}
  const latest: Partial<Record<SealedKind, Missing[]>> = {}
  const removedBefore: Partial<Record<SealedKind, string>> = {}
  return {
    add(kind: SealedKind, missing: Missing) {
      counts[kind] = (counts[kind] ?? 0) + 1
      const kept = latest[kind] ?? []
      latest[kind] = kept
      kept.push(missing)
      if (kept.length < 2 * namedMax) return
      kept.sort((one, other) => (one.at < other.at ? 1 : -1))
      kept.length = namedMax
    },
    removed(kind: SealedKind, before: string) {
      if ((removedBefore[kind] ?? '') < before) removedBefore[kind] = before
    },
    /** How many retention has removed, and the others. */
    settle(): { removed: number; problems: LogProblem[] } {
      let removed = 0
      const problems: LogProblem[] = []
      for (const kind of sealedKinds) {
        const before = removedBefore[kind] ?? ''
        const unexplained = (latest[kind] ?? []).filter(({ at }) => at >= before)
        removed += (counts[kind] ?? 0) - unexplained.length
        problems.push(...unexplained.map(({ problem }) => problem))
      }
      return { removed, problems: problems.sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0)) }
    },
  }
}
