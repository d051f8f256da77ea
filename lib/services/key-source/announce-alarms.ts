import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { appendEvents } from '../evidence/append-events'
import type { Alarm } from './alarms'

const AlarmIds = z.array(z.string())
const none = '[]'

type Checked = { organizationId: string; sourceId: string; alarms: readonly Alarm[]; now: Date }

/** Says in the evidence log of an organization which alarms of a key source are raised, and which have ended. */
export async function announceAlarms(db: Db, { organizationId, sourceId, alarms, now }: Checked): Promise<void> {
  const key = { organizationId_sourceId: { organizationId, sourceId } }
  const row = await db.namedKeySource.findUnique({ where: key, select: { announced: true } })
  if (!row) return
  const stored = storedOrNull(row.announced, AlarmIds)
  const known = stored ?? []
  const announced = stored === null ? none : row.announced
  // No row is found by what cannot be read, so it is replaced first: every alarm that is raised now is told again.
  if (stored === null) await db.namedKeySource.updateMany({ where: { organizationId, sourceId }, data: { announced } })
  const first = [...new Map(alarms.map((alarm) => [alarm.id, alarm])).values()]
  const raised = first.filter(({ id }) => !known.includes(id))
  const ended = known.filter((id) => !first.some((alarm) => alarm.id === id))
  if (raised.length + ended.length === 0) return
  await appendEvents(db, organizationId, {
    now,
    events: [
      ...raised.map(({ id: code, severity }) => ({
        type: 'alarm.raised' as const,
        at: now,
        of: sourceId,
        code,
        severity,
      })),
      ...ended.map((code) => ({ type: 'alarm.ended' as const, at: now, of: sourceId, code })),
    ],
    async settle(tx) {
      const where = { organizationId, sourceId, announced }
      const data = { announced: JSON.stringify(first.map(({ id }) => id)) }
      return (await tx.namedKeySource.updateMany({ where, data })).count === 1
    },
  })
}
