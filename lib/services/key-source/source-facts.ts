import type { Db } from '@/lib/db/client'
import type { Discovery, FetchedKeys } from '@/lib/net/fetch-keys'
import { type Alarm, alarmsOf, changeDays } from './alarms'
import { toDiscovery, toTls } from './key-source-row'
import { isIgnoredEntry } from './published-key'
import type { SourceInUse } from './sources-in-use'

/** Stored facts of a source that was fetched. */
export type SourceFacts = {
  row: Awaited<ReturnType<typeof statesOf>>[number]
  tls: FetchedKeys['tls'] | null
  discovery: Discovery | null
  keyCount: number | null
  alarms: Alarm[]
}

/** Stored facts of sources, by id; a source that was never fetched is left out. */
export async function readFacts(
  db: Db,
  sources: readonly Pick<SourceInUse, 'id' | 'issuers'>[],
  now: Date,
): Promise<Map<string, SourceFacts>> {
  const ids = sources.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const [states, moves] = await Promise.all([statesOf(db, ids), movesOf(db, ids, now)])
  const issuersOf = new Map(sources.map(({ id, issuers }) => [id, issuers]))
  return new Map(
    states.map((row) => {
      const { lastSuccessAt, failingSince, reason, message, fix } = row
      const tls = toTls(row)
      const discovery = toDiscovery(row)
      const keys = row.keyRows.toSorted(
        (one, other) => one.firstSeenAt.getTime() - other.firstSeenAt.getTime() || (one.id < other.id ? -1 : 1),
      )
      const keyCount = lastSuccessAt ? keys.filter((key) => isServed(key, reason)).length : null
      const state = { lastSuccessAt, failingSince, reason, message, fix, keyCount, tls, discovery }
      const alarms = alarmsOf({
        ...{ now, state, keys, issuers: issuersOf.get(row.id) ?? [] },
        moves: moves.filter(({ sourceId }) => sourceId === row.id),
      })
      return [row.id, { row, tls, discovery, keyCount, alarms }]
    }),
  )
}

const statesOf = (db: Db, ids: string[]) =>
  db.keySourceState.findMany({ where: { id: { in: ids } }, omit: { keys: true }, include: { keyRows: true } })

/** Moves of the jwks_uri that still are an alarm, newest first. */
async function movesOf(db: Db, ids: string[], now: Date) {
  const since = new Date(now.getTime() - changeDays * 86_400_000)
  const moves = await db.keySourceEvent.findMany({
    where: { sourceId: { in: ids }, kind: 'jwks-uri-moved', at: { gte: since } },
    select: { sourceId: true, at: true, message: true },
  })
  return moves.sort((one, other) => other.at.getTime() - one.at.getTime())
}

/** Whether a row is a key of the last good set: not one that a set without any usable key brought since. */
const isServed = (key: { removedAt: Date | null; thumbprint: string; problem: string | null }, reason: string | null) =>
  key.removedAt === null && !isIgnoredEntry(key) && (reason !== 'no-usable-key' || key.problem === null)
