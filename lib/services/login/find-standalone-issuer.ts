import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { parsedTrust } from './parsed-trusts'

/** Selects one of several organizations that trust the same issuer. */
export type IssuerPlace = { organizationSlug?: string | undefined; project?: string | undefined }

/**
 * Returns the enabled trust of an issuer that is not attached to an identity; needs no actor. Null when there is none, or when
 * several organizations have one and `place` does not select one.
 */
export async function findStandaloneIssuer(ctx: Context, iss: string, place: IssuerPlace = {}): Promise<Trust | null> {
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
