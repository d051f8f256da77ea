import type { AuditSummary } from '@/lib/client/audit'

/** An entry, and how many like it were folded into it. */
export type FoldedEntry = AuditSummary & { others: number }

/** The day of an entry (UTC). */
const dayOfEntry = ({ at }: Pick<AuditSummary, 'at'>) => at.slice(0, 10)

/** Folds entries about sessions of one actor that follow each other on a day into the newest of them. */
export function foldSessions(entries: readonly AuditSummary[]): FoldedEntry[] {
  const folded: FoldedEntry[] = []
  for (const entry of entries) {
    const last = folded.at(-1)
    const isLike = last && isSession(entry) && isSession(last) && whoOf(entry) === whoOf(last)
    if (isLike) folded[folded.length - 1] = { ...last, others: last.others + 1 }
    else folded.push({ ...entry, others: 0 })
  }
  return folded
}

const isSession = ({ action }: AuditSummary) => action.startsWith('session.')

const whoOf = (entry: AuditSummary) => JSON.stringify([dayOfEntry(entry), entry.actorKind, entry.actorId ?? entry.ip])
