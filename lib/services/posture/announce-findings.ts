import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOr } from '@/lib/db/stored-json'
import type { FoundRule } from '@/lib/model/summary'
import { appendEvents, type NewEvent, tellByLog } from '../evidence/append-events'
import { readFound } from './read-found'

const batchRows = 50

const RuleIds = z.array(z.string())

type Told = { found: string; announced: string | null }

/** Rules of which the log says that they find something in a trust; for a row older than that, those that did. */
export const announcedRules = ({ found, announced }: Told): string[] =>
  announced === null ? rulesOf(readFound(found) ?? []) : storedOr(announced, RuleIds, [])

/** Columns that say what the log knows of a trust's findings, and since when others are found. */
export function announcement(known: readonly string[], found: readonly FoundRule[], now: Date) {
  const rules = rulesOf(found)
  const isSame = rules.length === known.length && rules.every((rule) => known.includes(rule))
  return { announced: JSON.stringify(known), announceAt: isSame ? null : now }
}

/** Says in the evidence logs which rules find something in trusts, and which no longer do. @returns whether none is left */
export async function announceFindings(db: Db, now: Date): Promise<{ isDone: boolean }> {
  const due = await db.trustPosture.findMany({
    where: { announceAt: { not: null } },
    orderBy: { announceAt: 'asc' },
    take: batchRows,
    select: {
      ...{ trustId: true, organizationId: true, judgedAt: true, found: true, announced: true, announceAt: true },
    },
  })
  const isAnyTold = await tellByLog(
    due,
    ({ organizationId }) => organizationId,
    (log, own) => announce(db, log, own, now),
  )
  return { isDone: due.length < batchRows || !isAnyTold }
}

type Due = Told & { trustId: string; judgedAt: Date; announceAt: Date | null }

async function announce(db: Db, log: string, own: readonly Due[], now: Date): Promise<boolean> {
  const settle = async (tx: Pick<Db, 'trustPosture'>) => {
    for (const { trustId, announceAt, found } of own) {
      const data = { announced: JSON.stringify(rulesOf(readFound(found) ?? [])), announceAt: null }
      const { count } = await tx.trustPosture.updateMany({ where: { trustId, announceAt, found }, data })
      if (count !== 1) return false
    }
    return true
  }
  return appendEvents(db, log, { events: own.flatMap(eventsOf), now, settle })
}

function eventsOf({ trustId: of, judgedAt: at, ...told }: Due): NewEvent[] {
  const found = readFound(told.found) ?? []
  const known = announcedRules(told)
  return [
    ...found
      .filter(({ rule }) => !known.includes(rule))
      .map(({ rule: code, severity }) => ({ type: 'finding.raised' as const, at, of, code, severity })),
    ...known
      .filter((rule) => !found.some((one) => one.rule === rule))
      .map((code) => ({ type: 'finding.ended' as const, at, of, code })),
  ]
}

const rulesOf = (found: readonly FoundRule[]): string[] => [...new Set(found.map(({ rule }) => rule))]
