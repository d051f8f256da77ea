import { dayOf } from '@/lib/day-of'
import { revokeAccessTokenIn } from '../../access-token/revoke-access-token'
import { readOffsetPage } from '../../offset-page'
import { isoOrNull, type ThingReader, toSnapshot } from './thing-reader'
import { trustsWithPosture } from './trust-postures'

const live = (now: Date) => ({ revokedAt: null, expiresAt: { gt: now } })

/** Access tokens that are neither expired nor revoked; those that end first come first. */
export const tokens: ThingReader = {
  async page({ db, organizationId, now }, at) {
    const select = { id: true, expiresAt: true, createdAt: true } as const
    const { rows, next } = await readOffsetPage({
      ...{ ...at, offset: 0, compared: null, isCounted: false },
      ranges: [{ indexed: { organizationId, ...live(now) }, order: ['expiresAt', 'id'], direction: 'asc' as const }],
      read: (where, page) => db.accessToken.findMany({ where, select, ...page }),
      place: (where, page) => db.accessToken.findFirst({ where, select, ...page }),
      count: (where, page) => db.accessToken.count({ where, ...page }),
    })
    return { rows, next }
  },

  async snapshots(ctx, organizationId, ids) {
    const rows = await ctx.db.accessToken.findMany({
      where: { organizationId, id: { in: [...ids] }, ...live(ctx.now()) },
      select: {
        ...{ id: true, name: true, method: true, trustId: true, createdAt: true, expiresAt: true, lastUsedAt: true },
        identity: { select: { id: true, name: true, role: true } },
        trust: { select: { id: true, name: true } },
      },
    })
    const trustIds = [...new Set(rows.flatMap(({ trustId }) => trustId ?? []))]
    const known = await trustsWithPosture(ctx, organizationId, trustIds)
    return new Map(
      rows.map(({ id, name, method, trustId, identity, trust, ...row }) => {
        const holder = identity ?? trust
        const judged = trustId === null ? undefined : known.get(trustId)
        const issued = dayOf(row.createdAt)
        const by = method === 'token' ? 'without a login' : `through ${judged?.sentence || method}`
        const snapshot = toSnapshot({
          name: name ?? `Token of ${holder?.name ?? 'an identity that is gone'}`,
          role: identity?.role ?? 'no-access',
          sentence: `Issued on ${issued} ${by}; ends ${row.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
          lastUsedAt: isoOrNull(row.lastUsedAt),
          findings: judged?.findings ?? [],
          strangers: judged?.strangers ?? null,
          ...{ ownerId: holder?.id ?? null, ownerName: holder?.name ?? null },
        })
        return [id, snapshot]
      }),
    )
  },

  remove: (tx, ctx, id) => revokeAccessTokenIn(tx, ctx, id),
}
