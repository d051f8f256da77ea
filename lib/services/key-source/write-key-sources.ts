import type { Tx } from '@/lib/db/client'
import { sourcesNamed } from '@/lib/db/source-uses'
import { cutText } from '@/lib/trust/cut-text'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { idsOfPart, inParts } from '../in-parts'
import { dueColumns, epoch, notDue } from './due-columns'
import { sourceReader } from './stored-sources'

/** The columns of a trust that its key sources are written from. */
export type NamingTrust = {
  id: string
  organizationId: string
  name: string
  enabled: boolean
  issuer: string | null
  keys: string
}

/** Characters of a text that an index takes: PostgreSQL's take 2.7 KB of a row. */
const indexedMax = 200

/**
 * Writes which remote key sources trusts name, so that no list and no background work reads the trusts for it. The trusts are of
 * one organization, whose row the transaction holds (`holdOrganization`). A trust whose `keys` cannot be read names none.
 */
export async function writeKeySources(tx: Tx, trusts: readonly NamingTrust[]): Promise<void> {
  const [organizationId] = trusts.map((trust) => trust.organizationId)
  if (organizationId === undefined) return
  const read = sourceReader()
  const wanted = trusts.flatMap((trust) =>
    [...read(trust.keys)].map(([sourceId, source]) => ({ source, row: toRow(trust, sourceId) })),
  )
  const before = await tx.trustKeySource.findMany({ where: { trustId: { in: trusts.map(({ id }) => id) } } })
  const known = new Map(before.map((row) => [keyOf(row), row]))
  const asked = new Set(wanted.map(({ row }) => keyOf(row)))
  const gone = before.filter((row) => !asked.has(keyOf(row)))
  const changed = wanted.filter(({ row }) => differs(known.get(keyOf(row)), row))
  for (const part of inParts(gone, idsOfPart / 2)) {
    const OR = part.map(({ trustId, sourceId }) => ({ trustId, sourceId }))
    await tx.trustKeySource.deleteMany({ where: { OR } })
  }
  for (const { data, trustIds } of alike(changed.flatMap(({ row }) => changesOf(known.get(keyOf(row)), row)))) {
    for (const part of inParts(trustIds)) {
      await tx.trustKeySource.updateMany({ where: { trustId: { in: part } }, data })
    }
  }
  await tx.trustKeySource.createMany({
    data: wanted.flatMap(({ row }) => (known.has(keyOf(row)) ? [] : [row])),
  })
  await nameSources(tx, organizationId, wanted)
  const lost = changed.flatMap(({ row }) => known.get(keyOf(row)) ?? [])
  await settleSources(tx, [...gone, ...lost])
}

/** Removes what is written of the key sources of trusts that are about to be removed, in the transaction that removes them. */
export async function releaseKeySources(tx: Tx, trustIds: readonly string[]): Promise<void> {
  const where = { trustId: { in: [...trustIds] } }
  const rows = await tx.trustKeySource.findMany({ where })
  if (rows.length === 0) return
  await tx.trustKeySource.deleteMany({ where })
  await settleSources(tx, rows)
  await checkSoon(tx, rows)
}

type SourceKey = { organizationId: string; sourceId: string }

/** Ends what is no longer named, and the refresh of what only disabled trusts name. The transaction holds the organization. */
export async function settleSources(tx: Tx, sources: readonly SourceKey[]): Promise<void> {
  for (const organizationId of new Set(sources.map((source) => source.organizationId))) {
    const own = sources.filter((source) => source.organizationId === organizationId)
    for (const ids of inParts([...new Set(own.map(({ sourceId }) => sourceId))])) {
      const { named, byEnabled } = await sourcesNamed(tx, organizationId, ids)
      const gone = ids.filter((id) => !named.has(id))
      if (gone.length > 0) await tx.namedKeySource.deleteMany({ where: { organizationId, sourceId: { in: gone } } })
      const idle = ids.filter((id) => named.has(id) && !byEnabled.has(id))
      if (idle.length === 0) continue
      await tx.namedKeySource.updateMany({ where: { organizationId, sourceId: { in: idle } }, data: notDue })
    }
  }
}

/** Has the alarms of sources computed again in the next round of the background work. */
export async function checkSoon(tx: Pick<Tx, 'namedKeySource'>, sources: readonly Partial<SourceKey>[]): Promise<void> {
  const sourceId = { in: [...new Set(sources.flatMap(({ sourceId }) => sourceId ?? []))] }
  await tx.namedKeySource.updateMany({ where: { sourceId, checkedAt: { gt: epoch } }, data: { checkedAt: epoch } })
}

type Wanted = { source: RemoteKeySource; row: ReturnType<typeof toRow> }

async function nameSources(tx: Tx, organizationId: string, wanted: readonly Wanted[]) {
  const sources = new Map<string, NewSource>()
  for (const { source, row } of wanted) {
    const enabled = row.enabled || sources.get(row.sourceId)?.enabled === true
    sources.set(row.sourceId, { source, enabled })
  }
  for (const part of inParts([...sources])) await namePart(tx, organizationId, part)
}

type NewSource = { source: RemoteKeySource; enabled: boolean }

async function namePart(tx: Tx, organizationId: string, sources: readonly [string, NewSource][]) {
  const sourceId = { in: sources.map(([id]) => id) }
  const named = await tx.namedKeySource.findMany({
    where: { organizationId, sourceId },
    select: { sourceId: true, dueAt: true },
  })
  await checkSoon(tx, named)
  const known = new Map(named.map(({ sourceId, dueAt }) => [sourceId, dueAt]))
  const missing = sources.filter(([id]) => !known.has(id))
  const awoken = sources.filter(([id, { enabled }]) => enabled && known.get(id) === null)
  if (missing.length + awoken.length === 0) return
  const states = await tx.keySourceState.findMany({
    where: { id: { in: [...missing, ...awoken].map(([id]) => id) } },
    select: { id: true, lastAttemptAt: true, failingSince: true, freshUntil: true },
  })
  const due = (id: string) => dueColumns(states.find((state) => state.id === id) ?? null)
  await tx.namedKeySource.createMany({
    data: missing.map(([id, { source, enabled }]) => ({
      ...{ organizationId, sourceId: id, kind: source.kind, url: source.url, caCert: source.caCert },
      ...{ urlStart: cutText(source.url, indexedMax), checkedAt: epoch, ...(enabled ? due(id) : notDue) },
    })),
  })
  for (const [id] of awoken) {
    await tx.namedKeySource.updateMany({ where: { organizationId, sourceId: id }, data: due(id) })
  }
}

const toRow = ({ id, organizationId, name, enabled, issuer }: NamingTrust, sourceId: string) => ({
  ...{ trustId: id, organizationId, sourceId, name: cutText(name, indexedMax), enabled, issuer },
})

type Row = ReturnType<typeof toRow>

const keyOf = ({ trustId, sourceId }: Pick<Row, 'trustId' | 'sourceId'>) => `${trustId} ${sourceId}`

/** Columns that a trust gives each of its sources. */
const given = ['organizationId', 'name', 'enabled', 'issuer'] as const

const differs = (before: Row | undefined, row: Row) =>
  before !== undefined && given.some((column) => before[column] !== row[column])

type Change = { trustId: string; data: Partial<Omit<Row, 'trustId' | 'sourceId'>> }

/** What is different of a row that was there. */
const changesOf = (before: Row | undefined, row: Row): Change[] =>
  before === undefined
    ? []
    : [
        {
          trustId: row.trustId,
          data: Object.fromEntries(
            given.flatMap((column) => (before[column] === row[column] ? [] : [[column, row[column]]])),
          ),
        },
      ]

/** Trusts that change alike: all rows of a trust are given the same, so what changes of one holds for all of them. */
function alike(changes: readonly Change[]): { data: Change['data']; trustIds: string[] }[] {
  const found = new Map<string, { data: Change['data']; trustIds: Set<string> }>()
  for (const { trustId, data } of changes) {
    const key = JSON.stringify(data)
    const known = found.get(key) ?? { data, trustIds: new Set() }
    found.set(key, { ...known, trustIds: known.trustIds.add(trustId) })
  }
  return [...found.values()].map(({ data, trustIds }) => ({ data, trustIds: [...trustIds] }))
}
