import type { Db } from '@/lib/db/client'
import { type LogProblem, sealedKinds } from '@/lib/model/evidence'
import { recordKindOf } from '@/lib/model/retention'
import { auditedPeriods } from '../retention/audited-periods'

/** Periods of retention that were changed in the database: no act on record set them. */
export async function changedPeriods(db: Db): Promise<LogProblem[]> {
  const audited = await auditedPeriods(db)
  return sealedKinds.flatMap((kind): LogProblem[] => {
    const { isChanged, days, follows, entryId } = audited[kind]
    if (!isChanged) return []
    const followed =
      follows === 'unaudited' ? `${days} days, longer than acts on record say` : `${days} days, as before`
    const message = `How long ${recordKindOf(kind)} are kept was changed in the database. They are kept for ${followed}; set the period again under Settings.`
    return [{ code: 'retention-changed', seq: null, record: entryId, message }]
  })
}
