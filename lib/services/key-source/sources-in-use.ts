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

export type SourceInUse = { id: string; source: RemoteKeySource; usedBy: SourceUser[] }

const Keys = z.array(KeySource)

/** Every distinct remote source (kind, URL and CA) that trusts name, with who names it, in the order of their URLs. */
export async function sourcesInUse(
  db: Db,
  where: { organizationId?: string; enabled?: boolean } = {},
): Promise<SourceInUse[]> {
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
  const found = new Map<string, SourceInUse>()
  for (const { id: trustId, keys, identity, ...trust } of trusts) {
    // A trust that this version cannot read asks for no keys.
    const sources = storedOr(keys, Keys, [])
    for (const source of sources.filter(isRemote)) {
      const id = keySourceId(source)
      const known = found.get(id) ?? { id, source, usedBy: [] }
      found.set(id, known)
      if (known.usedBy.some((user) => user.trustId === trustId)) continue
      known.usedBy.push({ ...trust, trustId, identityId: identity?.id ?? null, identityName: identity?.name ?? null })
    }
  }
  return [...found.values()].sort((one, other) => (one.source.url < other.source.url ? -1 : 1))
}

/** Whether any trust names this URL. A source that somebody only tries in a form leaves no trace. */
export async function isUrlInUse(db: Db, url: string): Promise<boolean> {
  const found = await db.trust.findFirst({ where: { keys: contains(JSON.stringify(url)) }, select: { id: true } })
  return found !== null
}
