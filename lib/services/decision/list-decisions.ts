import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'

export const DecisionQuery = z.strictObject({
  accepted: z.enum(['true', 'false']).optional(),
  method: z.enum(['jwt', 'oidc', 'issuer', 'sign-in', 'test']).optional(),
  identityId: Uuid.optional(),
  reason: z.string().max(100).optional(),
  /** A request id, or part of an issuer, subject or identity name. */
  search: z.string().trim().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Where the page begins: `next` of the page before. */
  cursor: z.string().max(100).optional(),
})

export type DecisionSummary = Awaited<ReturnType<typeof listDecisions>>['decisions'][number]

/** Login decisions, newest first. Those about identities that do not exist belong to nobody and are shown to everyone. */
export async function listDecisions(ctx: Context, query: z.input<typeof DecisionQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { accepted, search, from, to, limit, cursor, ...exact } = DecisionQuery.parse(query)
  const after = cursor ? parseCursor(cursor) : null
  const rows = await ctx.db.decision.findMany({
    where: {
      ...exact,
      ...(accepted ? { accepted: accepted === 'true' } : {}),
      at: { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lte: new Date(to) } : {}) },
      AND: [
        { OR: [{ organizationId }, { organizationId: null }] },
        ...(search ? [{ OR: searched(search) }] : []),
        ...(after ? [{ OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }] : []),
      ],
    },
    omit: { trace: true, header: true, claims: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const decisions = rows.slice(0, limit)
  const last = decisions.at(-1)
  return { decisions, next: rows.length > limit && last ? toCursor(last) : null }
}

const searched = (text: string) => [
  { id: text },
  { tokenSha256: text.toLowerCase() },
  { issuer: contains(text) },
  { subject: contains(text) },
  { identityName: contains(text) },
]

/** A place in a list by time and id. */
export const toCursor = (row: { at: Date; id: string }) => `${row.at.toISOString()}~${row.id}`

/** A cursor nobody made answers like the end of the list. */
export function parseCursor(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = cursor.split('~')
  const instant = new Date(at)
  return { at: Number.isNaN(instant.getTime()) ? new Date(0) : instant, id }
}
