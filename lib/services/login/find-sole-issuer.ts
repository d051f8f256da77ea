import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { parsedTrust } from './parsed-trusts'

/** Where to look, for an issuer that more than one organization believes. */
export type IssuerPlace = { organizationSlug?: string | undefined; project?: string | undefined }

/**
 * The enabled trust that stands alone for an issuer, whoever asks. Null when there is none, and also when several
 * organizations have one and the caller does not say which is meant: none is preferred.
 */
export async function findSoleIssuer(ctx: Context, iss: string, place: IssuerPlace = {}): Promise<Trust | null> {
  if (iss.length > 2048 || iss.includes('\0')) return null
  const { organizationSlug, project } = place
  const rows = await ctx.db.trust.findMany({
    where: {
      soleIssuer: iss,
      enabled: true,
      ...(organizationSlug === undefined ? {} : { organization: { slug: organizationSlug } }),
      ...(project === undefined ? {} : { project: { label: project } }),
    },
    take: 2,
  })
  const [row] = rows
  return row && rows.length === 1 ? parsedTrust(row) : null
}
