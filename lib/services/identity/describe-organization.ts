import { requireActor } from '../access'
import type { Context } from '../context'

/** The actor's own organization, whatever their role. */
export async function describeOrganization(ctx: Context): Promise<{ id: string; name: string; slug: string }> {
  const { organizationId } = requireActor(ctx)
  const { id, name, slug } = await ctx.db.organization.findUniqueOrThrow({ where: { id: organizationId } })
  return { id, name, slug }
}
