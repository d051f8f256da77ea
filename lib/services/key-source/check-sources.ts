import type { Db } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { holdOrganization } from '../in-organization'
import { announceAlarms } from './announce-alarms'
import { readFacts } from './source-facts'
import { describeUse, type NamedRow } from './sources-in-use'
import { settleSources } from './write-key-sources'

/** Alarms also come and go by time: a certificate ends, an outage lasts. */
const everySeconds = 3_600
/** Sources that are checked in one round of the background work. */
const roundMax = 200
/** Organizations in which the alarms of one source are computed after a fetch; others are checked in their turn. */
const organizationsMax = 100

type Named = NamedRow & { organizationId: string }

/** Computes the alarms of sources that were not checked for an hour, or have changed, and ends those that no trust names. */
export async function checkSources(db: Db, now: Date): Promise<void> {
  const checkedBefore = new Date(now.getTime() - everySeconds * 1000)
  const due = await db.namedKeySource.findMany({
    where: { checkedAt: { lte: checkedBefore } },
    select: columns,
    orderBy: { checkedAt: 'asc' },
    take: roundMax,
  })
  // Checked by a clock that was wrong.
  const ahead = await db.namedKeySource.findMany({
    where: { checkedAt: { gt: new Date(now.getTime() + everySeconds * 1000) } },
    select: columns,
    take: roundMax,
  })
  await check(db, [...due, ...ahead], now)
}

/** Computes the alarms of one source for the organizations whose trusts name it. */
export async function checkAlarms(db: Db, sourceId: string, now: Date): Promise<void> {
  const rows = await db.namedKeySource.findMany({ where: { sourceId }, select: columns, take: organizationsMax })
  await check(db, rows, now)
}

const columns = { organizationId: true, sourceId: true, kind: true, url: true, caCert: true } as const

async function check(db: Db, rows: readonly Named[], now: Date) {
  for (const organizationId of new Set(rows.map((row) => row.organizationId))) {
    const own = rows.filter((row) => row.organizationId === organizationId)
    const sources = await describeUse(db, organizationId, own, 0)
    const facts = await readFacts(db, sources, now)
    for (const { id: sourceId, usedByCount } of sources) {
      const where = { organizationId, sourceId }
      const alarms = facts.get(sourceId)?.alarms ?? []
      const alarmCount = alarms.length
      await db.namedKeySource.updateMany({ where, data: { checkedAt: now, alarmCount, hasAlarms: alarmCount > 0 } })
      await announceAlarms(db, { ...where, alarms, now })
      // Its trusts were removed by a server of an older version.
      if (usedByCount === 0) await inTransaction({ db }, (tx) => settleHeld(tx, where))
    }
  }
}

async function settleHeld(
  tx: Parameters<typeof settleSources>[0],
  source: { organizationId: string; sourceId: string },
) {
  await holdOrganization(tx, source.organizationId)
  await settleSources(tx, [source])
}
