import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { type Listed, readList } from '@/lib/db/replica'
import { foldedRowId, isRequestId } from '@/lib/ids'
import { Instant } from '@/lib/trust/instant'
import { jsonText } from '@/lib/trust/json/json-text'
import { kinds } from '@/lib/trust/kinds'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { newest, newestOfOwner, type Page, readPage } from '../list-page'

export const DecisionQuery = z.strictObject({
  /** `none`: decisions that belong to no organization, for what they named is not known here. */
  owner: z.enum(['organization', 'none']).default('organization'),
  accepted: z.enum(['true', 'false']).optional(),
  method: z.enum([...kinds.kinds, 'test']).optional(),
  identityId: Uuid.optional(),
  /** An issuer, a sign-in provider, or a trust of an identity. */
  trustId: Uuid.optional(),
  reason: z.string().max(100).optional(),
  /** A request id, the SHA-256 of a token, a whole IP address, or part of an issuer, subject or identity name. */
  search: z.string().trim().max(200).optional(),
  /** The kid in the header of the token, whole. */
  kid: z.string().min(1).max(500).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Where the page begins: `next` of the page before. */
  cursor: z.string().max(100).optional(),
})

type Where = NonNullable<NonNullable<Parameters<Context['db']['decision']['findMany']>[0]>['where']>
export type DecisionSummary = Awaited<ReturnType<typeof findRows>>[number]
export type DecisionPage = { decisions: DecisionSummary[] } & Pick<Page<unknown>, 'next' | 'lookedBackTo'>

/**
 * Login decisions, newest first. Decisions about identities that do not exist belong to no organization, and are a list of
 * their own (`owner: none`) that every organization may read.
 */
export async function listDecisions(ctx: Context, query: z.input<typeof DecisionQuery>): Promise<Listed<DecisionPage>> {
  const { organizationId } = requireAccess(ctx, 'read')
  const asked = DecisionQuery.parse(query)
  return readList(ctx, (reading) => readDecisions(reading, organizationId, asked))
}

async function readDecisions(
  ctx: Context,
  organizationId: string,
  { owner, search, kid, identityId, trustId, ...filter }: z.output<typeof DecisionQuery>,
): Promise<DecisionPage> {
  const owned = owner === 'none' ? null : organizationId
  const key = search === undefined ? null : keyIn(search)
  if (key) {
    const found = await ctx.db.decision.findMany({ ...key, omit })
    const seen = found.filter((row) => row.organizationId === null || row.organizationId === organizationId)
    return { decisions: newestFirst(seen), next: null, lookedBackTo: null }
  }
  const { accepted, method, reason, ...range } = filter
  if (reason !== undefined && accepted === 'true') return { decisions: [], next: null, lookedBackTo: null }
  const own = await ownRange(ctx, organizationId, { identityId, trustId })
  if (own?.identityId != null && (await isOfAnother(ctx, organizationId, own.identityId))) {
    return { decisions: [], next: null, lookedBackTo: null }
  }
  const compared: Where[] = [
    ...(method ? [{ method }] : []),
    ...(search ? [{ OR: searched(search) }] : []),
    ...(kid ? [{ header: contains(`"kid":${jsonText(kid)}`) }] : []),
    ...(trustId && own?.trustId === undefined ? [{ trustId }] : []),
    // These indexes know no other filter.
    ...(own && reason !== undefined ? [{ reason }] : []),
    ...(own && accepted ? [{ accepted: accepted === 'true' }] : []),
  ]
  const order = own ? newest : newestOfOwner
  const { rows, ...page } = await readPage<DecisionSummary, Where>({
    ...range,
    read: (where, take) => findRows(ctx, { where, orderBy: order, take }),
    skip: (where, skip) => ctx.db.decision.findFirst({ where, orderBy: order, skip, select: { at: true, id: true } }),
    indexed: own ?? {
      organizationId: owned,
      ...(reason === undefined ? (accepted ? { accepted: accepted === 'true' } : {}) : { reason }),
    },
    compared: compared.length > 0 ? { AND: compared } : null,
  })
  // Rows of an identity are one organization's; it is asked all the same.
  const seen = rows.filter((row) => row.organizationId === null || row.organizationId === organizationId)
  return { decisions: seen, ...page }
}

/** An identity, and a trust of none, have an index of their own; null where neither is asked for, or the trust is not there. */
async function ownRange(
  ctx: Context,
  organizationId: string,
  { identityId, trustId }: Pick<z.output<typeof DecisionQuery>, 'identityId' | 'trustId'>,
): Promise<{ identityId: string | null; trustId?: string } | null> {
  if (identityId !== undefined) return { identityId }
  if (trustId === undefined) return null
  const where = { id: trustId, organizationId }
  const trust = await ctx.db.trust.findUnique({ where, select: { identityId: true } })
  return trust && (trust.identityId === null ? { trustId, identityId: null } : { identityId: trust.identityId })
}

/** Whether decisions on an identity, which may be gone, are another organization's: then not even their number is told. */
async function isOfAnother(ctx: Context, organizationId: string, identityId: string): Promise<boolean> {
  const select = { organizationId: true } as const
  const [last] = await ctx.db.decision.findMany({ where: { identityId }, orderBy: newest, take: 1, select })
  return last != null && last.organizationId !== null && last.organizationId !== organizationId
}

const omit = { trace: true, header: true, claims: true } as const
/** Most decisions of one token. */
const exactMax = 200

type Read = Pick<NonNullable<Parameters<Context['db']['decision']['findMany']>[0]>, 'where' | 'orderBy' | 'take'>

const findRows = (ctx: Context, read: Read) => ctx.db.decision.findMany({ ...read, omit })

/** Decisions by id, as the list answers them. For those who may read them. */
export async function decisionSummariesOf(
  db: Context['db'],
  ids: readonly string[],
): Promise<Map<string, DecisionSummary>> {
  const rows = ids.length > 0 ? await db.decision.findMany({ where: { id: { in: [...ids] } }, omit }) : []
  return new Map(rows.map((row) => [row.id, row]))
}

/** A search for one decision, or for one token, has an index of its own; the other filters do not matter to it. */
function keyIn(text: string): Read | null {
  if (isRequestId(text)) return { where: { id: { in: [text, foldedRowId(text)] } } }
  if (!/^[0-9a-f]{64}$/i.test(text)) return null
  // Ordered by the one value asked for: without an order Prisma writes one by id, which another index serves.
  return { where: { tokenSha256: text.toLowerCase() }, orderBy: { tokenSha256: 'asc' }, take: exactMax }
}

const searched = (text: string): Where[] => [
  { issuer: contains(text) },
  { subject: contains(text) },
  { identityName: contains(text) },
  { ip: text },
]

const newestFirst = (rows: DecisionSummary[]) =>
  rows.sort((one, other) => other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1))
