import { readOffsetPage } from '../../offset-page'
import { removeTrustIn } from '../../trust/remove-trust'
import { isoOrNull, type ThingReader, toSnapshot } from './thing-reader'
import { trustsWithPosture } from './trust-postures'

export const trusts: ThingReader = {
  async page({ db, organizationId }, at) {
    const { rows, next } = await readOffsetPage({
      ...{ ...at, offset: 0, compared: null, isCounted: false },
      ranges: [{ indexed: { organizationId }, order: ['id'], direction: 'asc' as const }],
      read: (where, page) => db.trust.findMany({ where, select: { id: true, createdAt: true }, ...page }),
      place: (where, page) => db.trust.findFirst({ where, select: { id: true }, ...page }),
      count: (where, page) => db.trust.count({ where, ...page }),
    })
    return { rows, next }
  },

  async snapshots(ctx, organizationId, ids) {
    const known = await trustsWithPosture(ctx, organizationId, ids)
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

  remove: (tx, ctx, id) => removeTrustIn(tx, ctx, { id }),
}
