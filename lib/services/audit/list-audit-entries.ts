import { z } from 'zod'
import { contains, startsWith } from '@/lib/db/contains'
import { readKept } from '@/lib/db/kept-object'
import { type Listed, readList } from '@/lib/db/replica'
import { storedOr } from '@/lib/db/stored-json'
import { notFound } from '@/lib/errors'
import { foldedRowId, isId, isRequestId } from '@/lib/ids'
import { type ActorKind, actorKinds } from '@/lib/model/audit-actions'
import { type ChangeSentence, changeSentences } from '@/lib/model/change-sentences'
import { Instant } from '@/lib/trust/instant'
import { Id } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { newestOfOwner, type Page, readPage } from '../list-page'

export const AuditQuery = z.strictObject({
  /** `none`: entries that belong to no organization, such as sign-ins of people who do not exist. */
  owner: z.enum(['organization', 'none']).default('organization'),
  /** An action, `trust.updated`, or a group of them, `trust`. */
  action: z.string().max(100).optional(),
  actorKind: z.enum(Object.keys(actorKinds) as ActorKind[]).optional(),
  targetId: Id.max(100).optional(),
  /** A request id, the id of a target, or part of a name of actor or target. */
  search: z.string().trim().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})

type Where = NonNullable<NonNullable<Parameters<Context['db']['auditEntry']['findMany']>[0]>['where']>
type Row = Awaited<ReturnType<typeof findRows>>[number]
export type AuditSummary = Omit<Row, 'raised' | 'overridden' | 'before' | 'after'> & {
  raised: string[]
  overridden: string[]
  changes: ChangeSentence[]
}
export type AuditPage = { entries: AuditSummary[] } & Pick<Page<unknown>, 'next' | 'lookedBackTo'>

/**
 * Acts and sign-ins, newest first. Those of unknown people belong to no organization, and are a list of their own
 * (`owner: none`) that every organization may read.
 */
export async function listAuditEntries(ctx: Context, query: z.input<typeof AuditQuery>): Promise<Listed<AuditPage>> {
  const { organizationId } = requireAccess(ctx, 'read')
  const asked = AuditQuery.parse(query)
  return readList(ctx, (reading) => readEntries(reading, organizationId, asked))
}

async function readEntries(
  ctx: Context,
  organizationId: string,
  { owner, action, actorKind, search, ...filter }: z.output<typeof AuditQuery>,
): Promise<AuditPage> {
  if (search !== undefined && isRequestId(search)) {
    const where = { requestId: { in: [search, foldedRowId(search)] } }
    const found = await ctx.db.auditEntry.findMany({ where })
    const seen = found.filter((row) => row.organizationId === null || row.organizationId === organizationId)
    return { entries: newestFirst(seen).map(toSummary), next: null, lookedBackTo: null }
  }
  const { targetId = search !== undefined && isId(search) ? search.toLowerCase() : undefined, ...range } = filter
  const isExact = action?.includes('.') ?? false
  const compared: Where[] = [
    ...(actorKind ? [{ actorKind }] : []),
    ...(action && !isExact ? [{ action: startsWith(`${action}.`) }] : []),
    ...(action && isExact && targetId !== undefined ? [{ action }] : []),
    ...(search && targetId === undefined ? [{ OR: searched(search) }] : []),
  ]
  const { rows, ...page } = await readPage<Row, Where>({
    ...range,
    read: (where, take) => findRows(ctx, where, take),
    skip: (where, skip) =>
      ctx.db.auditEntry.findFirst({ where, orderBy: newestOfOwner, skip, select: { at: true, id: true } }),
    indexed: {
      organizationId: owner === 'none' ? null : organizationId,
      ...(targetId === undefined ? (action && isExact ? { action } : {}) : { targetId }),
    },
    compared: compared.length > 0 ? { AND: compared } : null,
  })
  return { entries: rows.map(toSummary), ...page }
}

const findRows = (ctx: Context, where: Where, take: number) =>
  ctx.db.auditEntry.findMany({ where, orderBy: newestOfOwner, take })

const searched = (text: string): Where[] => [
  { targetId: text },
  { actorName: contains(text) },
  { targetName: contains(text) },
]

const newestFirst = (rows: Row[]) =>
  rows.sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))

/** One act with what was before and after it. @throws AppError `not-found` */
export async function getAuditEntry(ctx: Context, id: string) {
  const { organizationId } = requireAccess(ctx, 'read')
  const row = isId(id) ? await ctx.db.auditEntry.findUnique({ where: { id } }) : null
  if (!row || (row.organizationId !== null && row.organizationId !== organizationId)) {
    throw notFound('There is no audit entry with that id.')
  }
  const [before, after] = [readKept(row.before), readKept(row.after)]
  return { ...toSummary(row), before, after }
}

/** Entries by id, as the list answers them. For those who may read them. */
export async function auditSummariesOf(db: Context['db'], ids: readonly string[]): Promise<Map<string, AuditSummary>> {
  const rows = ids.length > 0 ? await db.auditEntry.findMany({ where: { id: { in: [...ids] } } }) : []
  return new Map(rows.map((row) => [row.id, toSummary(row)]))
}

const toSummary = ({ before, after, ...row }: Row): AuditSummary => ({
  ...row,
  raised: storedOr(row.raised, Rules, []),
  overridden: storedOr(row.overridden, Rules, []),
  changes: before !== null && after !== null ? changeSentences(readKept(before), readKept(after)) : [],
})

const Rules = z.array(z.string())
