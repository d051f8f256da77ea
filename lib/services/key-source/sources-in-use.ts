import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { contains } from '@/lib/db/contains'
import { storedOr } from '@/lib/db/stored-json'
import { keySourceId } from '@/lib/net/key-cache'
import { isRemote, KeySource, type RemoteKeySource } from '@/lib/trust/trust'

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

export type SourceInUse = {
  id: string
  source: RemoteKeySource
  /** The first of them by name. */
  usedBy: SourceUser[]
  /** All of them. */
  usedByCount: number
}

/** Trusts that are named for one source. */
const usersMax = 100

const Keys = z.array(KeySource)

/** Every distinct remote source (kind, URL and CA) that an organization's trusts name, with who names it, by URL. */
export async function sourcesInUse(db: Db, where: { organizationId: string }): Promise<SourceInUse[]> {
  const trusts = await db.trust.findMany({
    where,
    select: {
      id: true,
      name: true,
      method: true,
      enabled: true,
      issuer: true,
      keys: true,
      identity: { select: { id: true, name: true } },
    },
    orderBy: { name: 'asc' },
  })
  const read = reader()
  const found = new Map<string, SourceInUse>()
  for (const { id: trustId, keys, identity, ...trust } of trusts) {
    // A trust that this version cannot read asks for no keys.
    for (const [id, source] of read(keys)) {
      const known = found.get(id) ?? { id, source, usedBy: [], usedByCount: 0 }
      found.set(id, known)
      known.usedByCount += 1
      if (known.usedBy.length === usersMax) continue
      known.usedBy.push({ ...trust, trustId, identityId: identity?.id ?? null, identityName: identity?.name ?? null })
    }
  }
  return byUrl(found.values())
}

export type NamedSource = Pick<SourceInUse, 'id' | 'source'>

/** Every distinct remote source that trusts name, without who names it: what trusts have in common is read once. */
export async function namedSources(db: Db, where: { enabled?: boolean } = {}): Promise<NamedSource[]> {
  const distinct = await db.trust.groupBy({ by: ['keys'], where })
  const read = reader()
  const found = new Map(distinct.flatMap(({ keys }) => [...read(keys)]))
  return byUrl([...found].map(([id, source]) => ({ id, source })))
}

const byUrl = <T extends NamedSource>(sources: Iterable<T>): T[] =>
  [...sources].sort((one, other) => (one.source.url < other.source.url ? -1 : 1))

/** Reads the remote sources of a trust by their ids. Most trusts of an organization say the same, which is parsed once. */
function reader() {
  const known = new Map<string, Map<string, RemoteKeySource>>()
  return (keys: string): Map<string, RemoteKeySource> => {
    const before = known.get(keys)
    if (before) return before
    const sources = new Map(
      storedOr(keys, Keys, [])
        .filter(isRemote)
        .map((source) => [keySourceId(source), source]),
    )
    known.set(keys, sources)
    return sources
  }
}

/** Whether any trust names this URL. A source that somebody only tries in a form leaves no trace. */
export async function isUrlInUse(db: Db, url: string): Promise<boolean> {
  const found = await db.trust.findFirst({ where: { keys: contains(JSON.stringify(url)) }, select: { id: true } })
  return found !== null
}
