import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { notFound } from '@/lib/errors'
import { Id } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { parseCursor, toCursor } from '../decision/list-decisions'

export const AuditQuery = z.strictObject({
  /** `trust.updated`, or the noun alone: `trust`. */
  action: z.string().max(100).optional(),
  actorKind: z.enum(['user', 'identity', 'issuer', 'anonymous', 'system']).optional(),
  targetId: Id.max(100).optional(),
  /** A request id, or part of a name of actor or target. */
  search: z.string().trim().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})

/** Acts and sign-ins, newest first, with what they changed. Those before anybody signed in belong to no organization. */
export async function listAuditEntries(ctx: Context, query: z.input<typeof AuditQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { action, search, from, to, limit, cursor, ...exact } = AuditQuery.parse(query)
  const after = cursor ? parseCursor(cursor) : null
  const rows = await ctx.db.auditEntry.findMany({
    where: {
      ...exact,
      ...(action ? { action: action.includes('.') ? action : { startsWith: `${action}.` } } : {}),
      at: { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lte: new Date(to) } : {}) },
      AND: [
        { OR: [{ organizationId }, { organizationId: null }] },
        ...(search ? [{ OR: searched(search) }] : []),
        ...(after ? [{ OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }] : []),
      ],
    },
    omit: { before: true, after: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return { entries, next: rows.length > limit && last ? toCursor(last) : null }
}

const searched = (text: string) => [
  { requestId: text },
  { targetId: text },
  { actorName: contains(text) },
  { targetName: contains(text) },
]

/** One act with what was before and after it. @throws AppError `not-found` */
export async function getAuditEntry(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = await ctx.db.auditEntry.findFirst({ where: { id, OR: [{ organizationId }, { organizationId: null }] } })
  if (!row) throw notFound('There is no audit entry with that id.')
  return { ...row, before: row.before && JSON.parse(row.before), after: row.after && JSON.parse(row.after) }
}
