import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { toTrust } from '@/lib/db/trust-row'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import { keySourceId } from '@/lib/net/key-cache'
import { isRemote, type RemoteKeySource } from '@/lib/trust/policy'
import { toPublished } from '@/lib/trust/published-trust'
import { allRows } from '../../all-rows'
import type { Context } from '../../context'
import type { Choice } from './choice'

type Of = { ctx: Context; organizationId: string; trustIds: Choice['trustIds'] }

const batchRows = 100
/** Keys of a source that are told, those seen last first. */
const keysMax = 1_000
/** Sources that are told apart: an id is some bytes. */
const sourcesMax = 100_000

/** Trusts as they are, in the order of their ids. */
export async function* trustLines(of: Of) {
  for await (const trust of trusts(of)) yield { ...toPublished(trust), identityName: trust.identityName }
}

/** Every kept version of the trusts, and who made it, in the order of ids and versions; also of trusts that were removed. */
export async function* versionLines({ ctx, organizationId, trustIds }: Of) {
  const where = { organizationId, ...(trustIds ? { trustId: { in: trustIds } } : {}) }
  for (let last: { trustId: string; version: number } | null = null; ; ) {
    const rows: Awaited<ReturnType<typeof ctx.db.trustVersion.findMany>> = await ctx.db.trustVersion.findMany({
      where,
      orderBy: [{ trustId: 'asc' }, { version: 'asc' }],
      take: batchRows,
      ...(last ? { cursor: { trustId_version: last }, skip: 1 } : {}),
    })
    for (const row of rows) {
      const { trustId, version, at, actorKind, actorId, actorName } = row
      const trust = toTrustOfVersion(row)
      yield { trustId, version, at, actorKind, actorId, actorName, trust: trust && toPublished(trust) }
    }
    const end = rows.at(-1)
    if (!end || rows.length < batchRows) return
    last = { trustId: end.trustId, version: end.version }
  }
}

/** Remote key sources of the trusts, with their last good key set, and the keys that were seen. Keys that are typed in are in the trusts. */
export async function* keySourceLines(of: Of) {
  const told = new Set<string>()
  for await (const { keys } of trusts(of)) {
    for (const source of keys.filter(isRemote)) {
      const id = keySourceId(source)
      if (told.has(id) || told.size >= sourcesMax) continue
      told.add(id)
      yield await sourceLine(of.ctx, id, source)
    }
  }
}

async function sourceLine({ db }: Context, id: string, { kind, url, caCert }: RemoteKeySource) {
  const state = await db.keySourceState.findUnique({ where: { id } })
  const keys = await db.keySourceKey.findMany({
    where: { sourceId: id },
    omit: { sourceId: true },
    orderBy: [{ lastSeenAt: 'desc' }, { firstSeenAt: 'desc' }, { id: 'asc' }],
    take: keysMax,
  })
  return {
    ...{
      id,
      kind,
      url,
      caCert,
      lastSuccessAt: state?.lastSuccessAt ?? null,
      failingSince: state?.failingSince ?? null,
    },
    ...{ keySet: storedOrNull(state?.keys ?? null, z.unknown()), keySetFetchedAt: state?.keysFetchedAt ?? null, keys },
  }
}

async function* trusts({ ctx, organizationId, trustIds }: Of) {
  const read = (after: string) =>
    ctx.db.trust.findMany({
      where: { organizationId, id: { gt: after, ...(trustIds ? { in: trustIds } : {}) } },
      include: { identity: { select: { name: true } } },
      orderBy: { id: 'asc' },
      take: batchRows,
    })
  const placeOf = ({ id }: { id: string }) => id
  for await (const row of allRows({ from: '', placeOf, batchRows }, read)) {
    yield { ...toTrust(row), identityName: row.identity?.name ?? null }
  }
}
