import { dayOf } from '@/lib/day-of'
import { revokeAccessTokenIn } from '../../access-token/revoke-access-token'
import { isoOrNull, readThings, type ThingReader, toSnapshot } from './thing-reader'
import { trustsWithPosture } from './trust-postures'

const live = (now: Date) => ({ revokedAt: null, expiresAt: { gt: now } })

/** Access tokens that are neither expired nor revoked; those that end first come first. */
export const tokens: ThingReader = {
  page({ db, organizationId, now }, at) {
    const select = { id: true, expiresAt: true, createdAt: true } as const
    return readThings(at, {
      ...{ indexed: { organizationId, ...live(now) }, order: ['expiresAt', 'id'] },
      read: (where, page) => db.accessToken.findMany({ where, select, ...page }),
    })
  },

  count: ({ db, organizationId, now }, take) =>
    db.accessToken.count({ where: { organizationId, ...live(now) }, orderBy: { expiresAt: 'asc' }, take }),

  async snapshots(judging, organizationId, ids) {
    const rows = await judging.db.accessToken.findMany({
      where: { organizationId, id: { in: [...ids] }, ...live(judging.now()) },
      select: {
        ...{ id: true, name: true, method: true, trustId: true, createdAt: true, expiresAt: true, lastUsedAt: true },
        identity: { select: { id: true, name: true, role: true } },
        trust: { select: { id: true, name: true } },
      },
    })
    const trustIds = [...new Set(rows.flatMap(({ trustId }) => trustId ?? []))]
    const known = await trustsWithPosture(judging, organizationId, trustIds)
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
          judged: judged?.judged ?? 'yes',
          ...{ ownerId: holder?.id ?? null, ownerName: holder?.name ?? null },
        })
        return [id, snapshot]
      }),
    )
  },

  async unchanged(tx, organizationId, seen) {
    const where = { organizationId, id: { in: [...seen.keys()] }, revokedAt: null }
    const rows = await tx.accessToken.findMany({ where, select: { id: true } })
    return new Set(rows.map(({ id }) => id))
  },

  remove: (tx, ctx, id) => revokeAccessTokenIn(tx, ctx, id),
}
