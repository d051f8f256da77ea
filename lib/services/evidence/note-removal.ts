import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { LogEntry, placesOfLog, type SealedKind } from '@/lib/model/evidence'
import { appendEntries, lookUpId } from './append-entries'

/** Which records are removed. */
export type Removed = { organizationId: string | null; at: { lt: Date }; accepted?: boolean; id?: { notIn: string[] } }

type Removal = {
  organizationId: string | null
  of: SealedKind
  where: Removed
  /** How long records of the kind are kept, and why. */
  period: { days: number; follows: string }
  now: Date
}

/** Says in the log that records are about to be removed, if there are any: from then on they may be missing. What the log says already is not said again. */
export async function noteRemoval(db: Db, { organizationId, of, where, period, now }: Removal): Promise<void> {
  const select = { id: true } as const
  const found =
    of === 'audit' ? await db.auditEntry.findFirst({ where, select }) : await db.decision.findFirst({ where, select })
  if (!found) return
  const { days, follows } = period
  const log = organizationId ?? ''
  const times = { at: now.toISOString(), before: where.at.lt.toISOString() }
  const entry = { kind: 'removed' as const, of, ...times, days, follows }
  const last = await lastNoted(db, log, lookUpId(entry))
  if (last?.before === entry.before && last.days === days && last.follows === follows) return
  await appendEntries(db, { log, now, entries: () => [entry] })
}

async function lastNoted(db: Db, log: string, recordId: string) {
  const link = await db.chainEntry.findFirst({
    where: { organizationId: log, recordId, seq: placesOfLog },
    orderBy: [{ organizationId: 'desc' }, { recordId: 'desc' }, { seq: 'desc' }],
  })
  const entry = link && storedOrNull(link.entry, LogEntry)
  return entry?.kind === 'removed' ? entry : null
}
