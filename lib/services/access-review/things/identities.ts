import { removeIdentityIn } from '../../identity/remove-identity'
import { idsWhere, isoOrNull, readThings, type ThingReader, toSnapshot } from './thing-reader'
import { canarySentence, judgedOfAll, trustsWithPosture } from './trust-postures'

export const identities: ThingReader = {
  page: ({ db, organizationId }, at) =>
    readThings(at, {
      ...{ indexed: { organizationId }, order: ['createdAt', 'id'] },
      read: (where, page) => db.identity.findMany({ where, select: { id: true, createdAt: true }, ...page }),
    }),

  count: ({ db, organizationId }, take) =>
    db.identity.count({ where: { organizationId }, orderBy: { createdAt: 'asc' }, take }),

  async snapshots(judging, organizationId, ids) {
    const rows = await judging.db.identity.findMany({
      where: { organizationId, id: { in: [...ids] } },
      select: {
        ...{ id: true, name: true, role: true, lastLoginAt: true, isCanary: true },
        tokenAuth: { select: { id: true } },
        trusts: { select: { id: true, kind: true } },
      },
    })
    const known = await trustsWithPosture(
      judging,
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
          judged: judgedOfAll(own),
        })
        return [id, snapshot]
      }),
    )
  },

  async unchanged(tx, organizationId, seen) {
    const where = { organizationId, id: { in: [...seen.keys()] } }
    const rows = await tx.identity.findMany({ where, select: { id: true, role: true } })
    return idsWhere(
      rows,
      seen,
      ({ id }) => id,
      ({ role }, then) => role === then.role,
    )
  },

  remove: (tx, ctx, id) => removeIdentityIn(tx, ctx, id),
}

const byKind = (one: { kind: string }, other: { kind: string }) => (one.kind < other.kind ? -1 : 1)
