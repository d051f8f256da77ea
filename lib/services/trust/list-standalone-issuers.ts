import { toTrust } from '@/lib/db/trust-row'
import { issuer } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { readOffsetPage } from '../offset-page'

/** Rows of one statement. */
const batchRows = 200
/** Trusts that cannot be shown and are passed over for one page. */
const passedOverMax = 5_000

/**
 * A page, by name, of the organization's standalone issuers. What `shape` answers null for is left out and not
 * counted.
 * @returns `total` is exact up to 200 beyond the page, and the least there are above
 */
export async function listStandaloneIssuers<T>(
  ctx: Context,
  { project, offset, limit }: { project?: string | undefined; offset: number; limit: number },
  shape: (trust: Trust) => T | null,
): Promise<{ issuers: T[]; total: number }> {
  const { organizationId } = requireAccess(ctx, 'read')
  const indexed = project === undefined ? { organizationId } : await inProject(ctx, organizationId, project)
  if (!indexed) return { issuers: [], total: 0 }
  const found: T[] = []
  const end = offset + limit
  let cursor: string | undefined
  for (let read = 0; found.length < end + batchRows && read < end + passedOverMax; read += batchRows) {
    const { rows, next } = await readOffsetPage({
      ...{ limit: batchRows, offset: 0, cursor, compared: null, isCounted: false },
      ranges: [{ indexed: { ...indexed, kind: issuer.kind }, order: ['name', 'id'], direction: 'asc' as const }],
      read: (where, at) => ctx.db.trust.findMany({ where, ...at }),
      place: (where, at) => ctx.db.trust.findFirst({ where, ...at }),
      count: (where, at) => ctx.db.trust.count({ where, ...at }),
    })
    found.push(...rows.flatMap((row) => shape(toTrust(row)) ?? []))
    if (next === null) break
    cursor = next
  }
  return { issuers: found.slice(offset, end), total: found.length }
}

async function inProject(ctx: Context, organizationId: string, label: string) {
  const where = { organizationId_label: { organizationId, label } }
  const project = await ctx.db.project.findUnique({ where, select: { id: true } })
  return project && { projectId: project.id }
}
