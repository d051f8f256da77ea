import type { Db } from '@/lib/db/client'
import { incidentSeverityOf } from '@/lib/model/alarm'
import type { LogEntry } from '@/lib/model/evidence'
import { postureRules } from '@/lib/trust/posture/rules'

type EventEntry = Extract<LogEntry, { kind: 'event' }>

/**
 * Reads what events are about, as it is now: an entry has ids and codes alone. Answers the data of an event; of an incident, key source or trust that is gone
 * it has what the entry has.
 */
export async function eventThings(db: Db, log: string, found: readonly { entry: LogEntry }[]) {
  const idsOf = (noun: string) =>
    found.flatMap(({ entry }) => (entry.kind === 'event' && entry.type.startsWith(noun) ? [entry.of] : []))
  const [incidentIds, sourceIds, trustIds] = [idsOf('incident'), idsOf('alarm'), idsOf('finding')]
  const own = { organizationId: log }
  const incidents = byId(
    incidentIds.length > 0
      ? await db.incident.findMany({ where: { ...own, id: { in: incidentIds } }, select: ofIncident })
      : [],
  )
  const sources = byId(
    (sourceIds.length > 0
      ? await db.namedKeySource.findMany({
          where: { ...own, sourceId: { in: sourceIds } },
          select: { sourceId: true, url: true },
        })
      : []
    ).map(({ sourceId: id, url }) => ({ id, url })),
  )
  const trusts = byId(
    trustIds.length > 0
      ? await db.trust.findMany({ where: { ...own, id: { in: trustIds } }, select: { id: true, name: true } })
      : [],
  )
  return ({ type, of, code, severity }: EventEntry): Record<string, unknown> => {
    if (type === 'incident.opened') {
      const incident = incidents.get(of)
      return { incident: incident ? { ...incident, severity: incidentSeverityOf(incident) } : { id: of } }
    }
    if (type.startsWith('alarm')) {
      return { alarm: { id: code, ...(severity && { severity }), sourceId: of, url: sources.get(of)?.url ?? null } }
    }
    const title = postureRules.find(({ id }) => id === code)?.title ?? null
    const trustName = trusts.get(of)?.name ?? null
    return { finding: { rule: code, title, ...(severity && { severity }), trustId: of, trustName } }
  }
}

const ofIncident = {
  ...{ id: true, method: true, checkId: true, reason: true, identityId: true, identityName: true, trustId: true },
  ...{ issuer: true, about: true, firstAt: true, firstDecisionId: true },
} as const

const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]))
