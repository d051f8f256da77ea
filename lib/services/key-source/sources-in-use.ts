import type { Db } from '@/lib/db/client'
import { countUses, firstUses, type SourceUse } from '@/lib/db/source-uses'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { inParts } from '../in-parts'
import { countedMax } from '../offset-page'
import { toSource } from './stored-sources'

/** A trust that takes keys from a source. */
export type SourceUser = {
  trustId: string
  name: string
  method: string
  enabled: boolean
  issuer: string | null
  identityId: string | null
  identityName: string | null
}

export type NamedSource = { id: string; source: RemoteKeySource }

export type SourceInUse = NamedSource & {
  /** The first trusts by name. */
  usedBy: SourceUser[]
  /** How many there are; the least, if `isUsedByMore`. 0 for a source that no trust names any more. */
  usedByCount: number
  isUsedByMore: boolean
  /** Issuers of enabled trusts, of the first hundred by name; only of a source that names its issuer. */
  issuers: string[]
}

/** A row of `NamedKeySource`, as far as it says which source it is. */
export type NamedRow = { sourceId: string; kind: string; url: string; caCert: string }

/** Trusts whose issuers are compared with the one that a discovery document names. */
const issuersMax = 100

/**
 * Sources of an organization with the trusts that name them. What it reads of one source is bounded, however many trusts it has, and the
 * statements do not grow in number with the sources.
 * @param usersMax trusts that are named for one source, at most a hundred; by 0 they are not counted either, only whether there is one
 */
export async function describeUse(
  db: Db,
  organizationId: string,
  rows: readonly NamedRow[],
  usersMax: number,
): Promise<SourceInUse[]> {
  const uses = await usesOf(db, organizationId, rows, usersMax)
  const users = await usersOf(
    db,
    uses.flatMap(({ found }) => found.slice(0, usersMax)),
  )
  return uses.map(({ found, count }, at) => {
    const row = rows[at] as NamedRow
    return {
      id: row.sourceId,
      source: toSource(row),
      usedBy: found.slice(0, usersMax).flatMap(({ trustId }) => users.get(trustId) ?? []),
      usedByCount: Math.min(count, countedMax),
      isUsedByMore: count > countedMax,
      issuers: found.flatMap(({ enabled, issuer }) => (enabled && issuer !== null ? [issuer] : [])),
    }
  })
}

async function usesOf(db: Db, organizationId: string, rows: readonly NamedRow[], usersMax: number) {
  const wanted = rows.map(({ sourceId, kind }) => ({
    ...{ sourceId, take: kind === 'oidc-discovery' ? issuersMax : Math.max(1, usersMax) },
  }))
  const bySource = new Map<string, SourceUse[]>(wanted.map(({ sourceId }) => [sourceId, []]))
  for (const use of await firstUses(db, organizationId, wanted)) bySource.get(use.sourceId)?.push(use)
  const uses = wanted.map(({ sourceId, take }) => ({ sourceId, take, found: bySource.get(sourceId) ?? [] }))
  const cut = usersMax === 0 ? [] : uses.filter(({ found, take }) => found.length === take)
  const ids = cut.map(({ sourceId }) => sourceId)
  const counts = await countUses(db, organizationId, ids, countedMax + 1)
  return uses.map(({ sourceId, found }) => ({ found, count: counts.get(sourceId) ?? found.length }))
}

async function usersOf(db: Db, uses: readonly { trustId: string }[]): Promise<Map<string, SourceUser>> {
  const users = new Map<string, SourceUser>()
  // More ids than a statement takes are read in a transaction, which on SQLite waits for those that write.
  for (const ids of inParts([...new Set(uses.map(({ trustId }) => trustId))])) {
    const trusts = await db.trust.findMany({
      where: { id: { in: ids } },
      select: {
        ...{ id: true, name: true, kind: true, enabled: true, issuer: true },
        identity: { select: { id: true, name: true } },
      },
    })
    for (const { id, kind: method, identity, ...trust } of trusts) {
      const of = { identityId: identity?.id ?? null, identityName: identity?.name ?? null }
      users.set(id, { ...trust, method, trustId: id, ...of })
    }
  }
  return users
}

/** Whether a trust of any organization names this source. One that is only tried in a form leaves no trace. */
export async function isSourceNamed(db: Db, sourceId: string): Promise<boolean> {
  return (await db.namedKeySource.findFirst({ where: { sourceId }, select: { sourceId: true } })) !== null
}

/** Whether a trust of the organization names this source. */
export async function isSourceNamedBy(db: Db, organizationId: string, sourceId: string): Promise<boolean> {
  const where = { organizationId, sourceId }
  return (await db.trustKeySource.findFirst({ where, select: { trustId: true } })) !== null
}
