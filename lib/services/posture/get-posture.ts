import { z } from 'zod'
import { dayOf } from '@/lib/day-of'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { invalidField } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { RuleName } from '@/lib/model/rule-name'
import { kinds } from '@/lib/trust/kinds'
import { severities } from '@/lib/trust/posture/finding'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { catchUp } from './catch-up'
import { knownPostures, staleOf } from './known-postures'
import { listedTrusts } from './listed-trusts'
import { mutesOfOrganization } from './mutes'
import { compareTrusts, type PlaceInList, postureView, type ViewedTrust } from './posture-view'

export const PostureQuery = z.strictObject({
  severity: z.enum(severities).optional(),
  rule: RuleName.optional(),
  method: z.enum(kinds.kinds).optional(),
  enabled: z.enum(['true', 'false']).optional(),
  /** `true`: trusts with a muted finding (of that rule, that severity); `false`, and without it: those with one that is not. */
  muted: z.enum(['true', 'false']).optional(),
  /** Only trusts of these identities, at most 100, separated by commas. */
  identityIds: z
    .string()
    .refine((text) => idsIn(text).length <= 100 && idsIn(text).every(isId), {
      error: 'Give at most 100 ids, separated by commas.',
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2000).optional(),
})

const idsIn = (text: string) => text.split(',')

const trendDays = 90
const dayMs = 24 * 3600 * 1000

/** The posture of the organization's trusts: score, counts, and a page of trusts, worst first. */
export async function getPosture(ctx: Context, query: z.input<typeof PostureQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, cursor, identityIds, ...filter } = PostureQuery.parse(query)
  const after = cursor === undefined ? null : parseCursor(cursor)
  const known = await knownPostures(ctx.db, organizationId)
  await catchUp(ctx, organizationId, known)
  const mutes = await mutesOfOrganization(ctx.db, organizationId, ctx.now())
  const { trusts, ...view } = postureView(known, mutes)
  const own = identityIds === undefined ? null : await trustsOf(ctx.db, organizationId, idsIn(identityIds))
  const found = trusts.filter((trust) => passes(trust, filter) && (own === null || own.has(trust.id)))
  const rest = after === null ? found : found.filter((trust) => compareTrusts(trust, after) > 0)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const unjudged = staleOf(known).length
  return {
    ...view,
    trusts: await listedTrusts(ctx.db, page, mutes),
    next: last && rest.length > limit ? toCursor(last) : null,
    total: found.length,
    trend: await trendOf(ctx.db, organizationId, ctx.now()),
    /** Trusts whose posture is not known yet, or of an older version. */
    unjudged,
    /** There are more trusts than are judged. */
    isMore: !known.isComplete,
  }
}

async function trustsOf(db: Db, organizationId: string, identityIds: string[]): Promise<Set<string>> {
  const where = { organizationId, identityId: { in: identityIds } }
  return new Set((await db.trust.findMany({ where, select: { id: true } })).map(({ id }) => id))
}

type Filter = Omit<z.output<typeof PostureQuery>, 'limit' | 'cursor' | 'identityIds'>

function passes({ kind, enabled, counted, muted }: ViewedTrust, filter: Filter): boolean {
  const { severity, rule, method } = filter
  if (method !== undefined && kind !== method) return false
  if (filter.enabled !== undefined && String(enabled) !== filter.enabled) return false
  if (severity === undefined && rule === undefined && filter.muted !== 'true') return true
  const findings = filter.muted === 'true' ? muted : counted
  return findings.some(
    (found) => (severity === undefined || found.severity === severity) && (rule === undefined || found.rule === rule),
  )
}

/** The posture of the last days, oldest first. */
async function trendOf(db: Db, organizationId: string, now: Date) {
  const since = dayOf(new Date(now.getTime() - trendDays * dayMs))
  const where = { organizationId, day: { gt: since } }
  const rows = await db.postureDay.findMany({ where, orderBy: { day: 'asc' }, take: trendDays + 1 })
  return rows.map(({ day, score, organizationId: _, ...counts }) => ({
    ...{ day, counts },
    score: score === null || score < 0 ? null : score,
  }))
}

const Cursor = z.tuple([z.number(), z.string().max(500), z.string().max(100)])

const toCursor = ({ score, name, id }: PlaceInList) =>
  Buffer.from(JSON.stringify([score, name, id])).toString('base64url')

/** @throws AppError `invalid` */
function parseCursor(cursor: string): PlaceInList {
  const read = storedOrNull(Buffer.from(cursor, 'base64url').toString(), Cursor)
  if (read) return { score: read[0], name: read[1], id: read[2] }
  const message = 'This is not a position in this list. Send `next` of the previous page, with the same filters.'
  throw invalidField(['cursor'], message, 'cursor')
}
