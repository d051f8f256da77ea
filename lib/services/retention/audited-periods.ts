import type { Db, Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import type { SealedKind } from '@/lib/model/evidence'
import { recordKindOf, retentionDaysDefault } from '@/lib/model/retention'
import { appendEntries } from '../evidence/append-entries'
import { isUnchanged } from '../evidence/known-records'
import {
  type RetentionAct,
  retentionAction,
  retentionActsIn,
  SetDays,
  toRetentionEntry,
} from '../evidence/retention-acts'
import { retentionPeriods } from './retention-periods'

/** How long records of the evidence log are kept. */
export type AuditedPeriod = {
  days: number
  /** `default`, `environment`, the id of the audit entry that says so, or `unaudited` for one that is longer than an act says. */
  follows: string
  /** Whether the stored period is another than the acts on record say: it was changed in the database. */
  isChanged: boolean
  /** The last act that set it; such an entry is not removed. */
  entryId: string | null
}

/** Acts of an organization that are looked at: each sets some of five periods. */
const actsMax = 100

/**
 * Periods as acts on record set them. A stored period that is shorter than those say was changed by hand and is not followed, so that a number in the
 * database alone removes no records; a longer one is. The same counts for an act whose record was deleted: the log still knows what it set.
 */
export async function auditedPeriods(db: Db | Tx): Promise<Record<SealedKind, AuditedPeriod>> {
  const stored = await retentionPeriods(db)
  const acts = await actsOnPeriods(db)
  const of = (sealed: SealedKind): AuditedPeriod => {
    const kind = recordKindOf(sealed)
    const { days = retentionDaysDefault[kind], isFixed } = stored.find((period) => period.kind === kind) ?? {}
    const act = acts.find(({ after, isOnRecord }) => isOnRecord && after[kind] !== undefined)
    const entryId = act?.id ?? null
    if (isFixed) return { days, follows: 'environment', isChanged: false, entryId }
    const known = act?.after[kind] ?? retentionDaysDefault[kind]
    const later = acts.filter(({ at, isOnRecord }) => !isOnRecord && (act === undefined || at > act.at))
    const longest = later.reduce<Act | undefined>(
      (one, other) => ((other.after[kind] ?? known) > (one?.after[kind] ?? known) ? other : one),
      undefined,
    )
    const said = longest?.after[kind] ?? known
    const follows = days > said ? 'unaudited' : (longest?.id ?? entryId ?? 'default')
    return { days: Math.max(days, said), follows, isChanged: days !== said, entryId }
  }
  return { accepted: of('accepted'), refused: of('refused'), audit: of('audit') }
}

/**
 * Has the logs know of the acts that are followed, so that deleting their records changes nothing. New acts are known when they are sealed; this is
 * for those of versions that did not do it.
 */
export async function noteFollowedActs(db: Db, now: Date): Promise<void> {
  const followed = new Set(Object.values(await auditedPeriods(db)).map(({ entryId }) => entryId))
  for (const { id, at, after, isInLog, organizationId: log } of await actsOnPeriods(db)) {
    if (isInLog || !followed.has(id)) continue
    const entries = toRetentionEntry({ id, at, after: JSON.stringify(after) })
    await appendEntries(db, { log, now, entries: () => entries })
  }
}

type Act = RetentionAct & { organizationId: string; isOnRecord: boolean; isInLog: boolean }

/** Newest first. Periods are those of the installation, so the act may be of any organization. */
async function actsOnPeriods(db: Db | Tx): Promise<Act[]> {
  const found: Act[] = []
  for (const { id: organizationId } of await db.organization.findMany({ select: { id: true } })) {
    const known = new Map((await retentionActsIn(db, organizationId, actsMax)).map((act) => [act.id, act]))
    const rows = await db.auditEntry.findMany({
      where: { organizationId, action: retentionAction },
      orderBy: [{ organizationId: 'desc' }, { action: 'desc' }, { at: 'desc' }, { id: 'desc' }],
      take: actsMax,
    })
    for (const row of rows) {
      const after = storedOrNull(row.after, SetDays)
      if (!after || !(await isUnchanged(db, row))) continue
      found.push({ id: row.id, at: row.at, after, organizationId, isOnRecord: true, isInLog: known.delete(row.id) })
    }
    for (const act of known.values()) found.push({ ...act, organizationId, isOnRecord: false, isInLog: true })
  }
  return found.sort((one, other) => other.at.getTime() - one.at.getTime())
}
