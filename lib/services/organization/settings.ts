import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { OrganizationPatch } from '@/lib/trust/return-origin'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'

export type OrganizationSettings = { returnOrigins: string[] }

export async function getOrganizationSettings(ctx: Context): Promise<OrganizationSettings> {
  const { organizationId } = requireAccess(ctx, 'read')
  return settingsIn(ctx.db, organizationId)
}

/** Changes what is given and keeps the rest. */
export async function setOrganizationSettings(
  ctx: Context,
  input: z.input<typeof OrganizationPatch>,
): Promise<OrganizationSettings> {
  requireAccess(ctx, 'administer')
  const { returnOrigins } = OrganizationPatch.parse(input)
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await settingsIn(tx, ctx.organizationId)
    const after = { returnOrigins: returnOrigins ?? before.returnOrigins }
    if (JSON.stringify(before) === JSON.stringify(after)) {
      recordNothing(ctx)
      return before
    }
    const { name } = await tx.organization.update({
      where: { id: ctx.organizationId },
      data: { returnOrigins: JSON.stringify(after.returnOrigins) },
    })
    await record(tx, ctx, {
      action: 'organization.updated',
      target: { kind: 'organization', id: ctx.organizationId, name },
      before,
      after,
    })
    return after
  })
}

/** The settings of an organization, inside or outside a transaction. */
export async function settingsIn(db: Pick<Tx, 'organization'>, id: string): Promise<OrganizationSettings> {
  const { returnOrigins } = await db.organization.findUniqueOrThrow({ where: { id } })
  return { returnOrigins: z.array(z.string()).parse(JSON.parse(returnOrigins)) }
}
