import { removeTrustIn } from '../../trust/remove-trust'
import { idsWhere, isoOrNull, readThings, type ThingReader, toSnapshot } from './thing-reader'
import { trustsWithPosture } from './trust-postures'

export const trusts: ThingReader = {
  page: ({ db, organizationId }, at) =>
    readThings(at, {
      ...{ indexed: { organizationId }, order: ['id'] },
      read: (where, page) => db.trust.findMany({ where, select: { id: true, createdAt: true }, ...page }),
    }),

  count: ({ db, organizationId }, take) => db.trust.count({ where: { organizationId }, orderBy: { id: 'asc' }, take }),

  async snapshots(judging, organizationId, ids) {
    const known = await trustsWithPosture(judging, organizationId, ids)
    return new Map(
      [...known].map(([id, { trust, identity, role, ...judged }]) => [
        id,
        toSnapshot({
          ...{ ...judged, role, name: trust.name, enabled: trust.enabled, version: trust.version, method: trust.kind },
          lastUsedAt: isoOrNull(identity?.lastLoginAt),
          ownerId: identity?.id ?? null,
          ownerName: identity?.name ?? null,
        }),
      ]),
    )
  },

  async unchanged(tx, organizationId, seen) {
    const where = { organizationId, id: { in: [...seen.keys()] } }
    const rows = await tx.trust.findMany({ where, select: { id: true, version: true } })
    return idsWhere(
      rows,
      seen,
      ({ id }) => id,
      ({ version }, then) => version === then.version,
    )
  },

  remove: (tx, ctx, id) => removeTrustIn(tx, ctx, { id }),
}
