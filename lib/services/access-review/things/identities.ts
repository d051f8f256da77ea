import { removeIdentityIn } from '../../identity/remove-identity'
import { readOffsetPage } from '../../offset-page'
import { isoOrNull, type ThingReader, toSnapshot } from './thing-reader'
import { canarySentence, trustsWithPosture } from './trust-postures'

export const identities: ThingReader = {
  async page({ db, organizationId }, at) {
    const select = { id: true, createdAt: true } as const
    const { rows, next } = await readOffsetPage({
      ...{ ...at, offset: 0, compared: null, isCounted: false },
      ranges: [{ indexed: { organizationId }, order: ['createdAt', 'id'], direction: 'asc' as const }],
      read: (where, page) => db.identity.findMany({ where, select, ...page }),
      place: (where, page) => db.identity.findFirst({ where, select, ...page }),
      count: (where, page) => db.identity.count({ where, ...page }),
    })
    return { rows, next }
  },

  async snapshots(ctx, organizationId, ids) {
    const rows = await ctx.db.identity.findMany({
      where: { organizationId, id: { in: [...ids] } },
      select: {
        ...{ id: true, name: true, role: true, lastLoginAt: true, isCanary: true },
        tokenAuth: { select: { id: true } },
        trusts: { select: { id: true, kind: true } },
      },
    })
    const known = await trustsWithPosture(
      ctx,
      organizationId,
      rows.flatMap(({ trusts }) => trusts.map(({ id }) => id)),
    )
    return new Map(
      rows.map(({ id, name, role, lastLoginAt, isCanary, tokenAuth, trusts }) => {
        const own = trusts.sort(byKind).flatMap((trust) => known.get(trust.id) ?? [])
        const ways = [
          ...own.map(({ trust, sentence }) => (trust.enabled ? sentence : `${sentence} (disabled)`)),
          ...(tokenAuth ? ['Token Auth: tokens are issued to it without a login'] : []),
        ]
        const judged = own.flatMap(({ strangers }) => strangers ?? [])
        const sum = (part: 'admitted' | 'total') => judged.reduce((all, one) => all + one[part], 0)
        const snapshot = toSnapshot({
          ...{ name, role, lastUsedAt: isoOrNull(lastLoginAt) },
          sentence: isCanary ? canarySentence : ways.length === 0 ? 'It has no way to log in' : ways.join('; '),
          findings: [...new Map(own.flatMap(({ findings }) => findings.map((one) => [one.id, one]))).values()],
          strangers: judged.length === 0 ? null : { admitted: sum('admitted'), total: sum('total') },
        })
        return [id, snapshot]
      }),
    )
  },

  remove: (tx, ctx, id) => removeIdentityIn(tx, ctx, id),
}

const byKind = (one: { kind: string }, other: { kind: string }) => (one.kind < other.kind ? -1 : 1)
