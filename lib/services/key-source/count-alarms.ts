import { requireAccess } from '../access'
import type { Context } from '../context'

/** Sources with alarms that are counted. */
const sourcesMax = 200

/**
 * How many alarms the organization's key sources had when they were checked last: after each fetch that changed something, and once
 * an hour. One index range, so that every page may ask. `isMore`: there are more.
 */
export async function countAlarms(ctx: Context): Promise<{ alarmCount: number; isMore: boolean }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const rows = await ctx.db.namedKeySource.findMany({
    where: { organizationId, hasAlarms: true },
    select: { alarmCount: true },
    take: sourcesMax + 1,
  })
  const counted = rows.slice(0, sourcesMax)
  return { alarmCount: counted.reduce((sum, row) => sum + row.alarmCount, 0), isMore: rows.length > sourcesMax }
}
