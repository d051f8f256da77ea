import { z } from 'zod'
import type { Db, Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import type { SealedKind } from '@/lib/model/evidence'
import { recordKindOf, retentionDaysDefault } from '@/lib/model/retention'
import { isUnchanged } from '../evidence/known-records'
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

const After = z.record(z.string(), z.int())

/**
 * Periods as acts on record set them. A stored period that is shorter than those say was changed by hand and is not followed, so that a number in the
 * database alone removes no records; a longer one is.
 */
export async function auditedPeriods(db: Db | Tx): Promise<Record<SealedKind, AuditedPeriod>> {
  const stored = await retentionPeriods(db)
  const acts = await actsOnPeriods(db)
  const of = (sealed: SealedKind): AuditedPeriod => {
    const kind = recordKindOf(sealed)
    const { days = retentionDaysDefault[kind], isFixed } = stored.find((period) => period.kind === kind) ?? {}
    const act = acts.find(({ after }) => after[kind] !== undefined)
    const entryId = act?.id ?? null
    if (isFixed) return { days, follows: 'environment', isChanged: false, entryId }
    const said = act?.after[kind] ?? retentionDaysDefault[kind]
    const follows = days > said ? 'unaudited' : (entryId ?? 'default')
    return { days: Math.max(days, said), follows, isChanged: days !== said, entryId }
  }
  return { accepted: of('accepted'), refused: of('refused'), audit: of('audit') }
}

type Act = { id: string; at: Date; after: z.output<typeof After> }

/** Newest first. Periods are those of the installation, so the act may be of any organization. */
async function actsOnPeriods(db: Db | Tx): Promise<Act[]> {
  const found: Act[] = []
  for (const { id: organizationId } of await db.organization.findMany({ select: { id: true } })) {
    const rows = await db.auditEntry.findMany({
      where: { organizationId, action: 'retention.updated' },
      orderBy: [{ organizationId: 'desc' }, { action: 'desc' }, { at: 'desc' }, { id: 'desc' }],
      take: actsMax,
    })
    for (const row of rows) {
      const after = storedOrNull(row.after, After)
      if (after && (await isUnchanged(db, row))) found.push({ id: row.id, at: row.at, after })
    }
  }
  return found.sort((one, other) => other.at.getTime() - one.at.getTime())
}
