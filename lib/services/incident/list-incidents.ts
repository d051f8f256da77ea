import { z } from 'zod'
import { type Listed, readList } from '@/lib/db/replica'
import { IncidentState } from '@/lib/model/incident'
import { Instant } from '@/lib/trust/instant'
import { Uuid } from '@/lib/trust/uuid'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { newest, newestOfOwner, type Page, readPage } from '../list-page'
import type { IncidentRow } from './incident-batch'
import { type IncidentView, toIncident } from './incident-view'

export const IncidentQuery = z.strictObject({
  /** `none`: attempts that match no identity; they belong to no organization. */
  owner: z.enum(['organization', 'none']).default('organization'),
  state: IncidentState.optional(),
  identityId: Uuid.optional(),
  reason: z.string().max(100).optional(),
  /** By the time of the last refusal. */
  from: Instant.optional(),
  to: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Where the page begins: `next` of the page before. */
  cursor: z.string().max(100).optional(),
})

type Where = NonNullable<NonNullable<Parameters<Context['db']['incident']['findMany']>[0]>['where']>
export type IncidentPage = { incidents: IncidentView[] } & Pick<Page<unknown>, 'next' | 'lookedBackTo'>

/**
 * Incidents by their last refusal, newest first. One that goes on while pages are read may be on a page that was read already; none is
 * on two pages.
 */
export async function listIncidents(ctx: Context, query: z.input<typeof IncidentQuery>): Promise<Listed<IncidentPage>> {
  const { organizationId } = requireAccess(ctx, 'read')
  const asked = IncidentQuery.parse(query)
  return readList(ctx, (reading) => readIncidents(reading, organizationId, asked))
}

async function readIncidents(
  ctx: Context,
  organizationId: string,
  { owner, state, identityId, reason, ...range }: z.output<typeof IncidentQuery>,
): Promise<IncidentPage> {
  const order = identityId ? newest : newestOfOwner
  const owned = owner === 'none' ? null : organizationId
  const compared: Where[] = [
    ...(reason !== undefined && (identityId || state) ? [{ reason }] : []),
    ...(state && identityId ? [{ state }] : []),
    ...(identityId ? [{ organizationId: owned }] : []),
  ]
  const { rows, ...page } = await readPage<IncidentRow, Where>({
    ...range,
    read: (where, take) => ctx.db.incident.findMany({ where, orderBy: order, take }),
    skip: (where, skip) => ctx.db.incident.findFirst({ where, orderBy: order, skip, select: { at: true, id: true } }),
    indexed: identityId
      ? { identityId }
      : { organizationId: owned, ...(state ? { state } : reason === undefined ? {} : { reason }) },
    compared: compared.length > 0 ? { AND: compared } : null,
  })
  return { incidents: rows.map((row) => toIncident(row, ctx.now())), ...page }
}
