import type { Db } from '@/lib/db/client'

const pageRows = 500

export type DueStream = { id: string; organizationId: string }

/** Streams that have something to send, or to pass over, and may. */
export async function dueStreams(db: Db, now: Date): Promise<DueStream[]> {
  const due: DueStream[] = []
  for (let after = ''; ; ) {
    const page = await db.stream.findMany({
      where: { id: { gt: after }, pausedAt: null, seq: { gte: 0 }, nextAt: { lte: now } },
      orderBy: { id: 'asc' },
      take: pageRows,
      select: { id: true, organizationId: true, seq: true },
    })
    if (page.length === 0) return due
    const organizationIds = [...new Set(page.map(({ organizationId }) => organizationId))]
    const heads = await db.chainHead.findMany({
      where: { organizationId: { in: organizationIds } },
      select: { organizationId: true, seq: true },
    })
    const headOf = new Map(heads.map(({ organizationId, seq }) => [organizationId, seq]))
    due.push(...page.filter(({ organizationId, seq }) => (headOf.get(organizationId) ?? 0) > seq))
    after = page.at(-1)?.id ?? ''
    if (page.length < pageRows) return due
  }
}
