import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { readStored } from '@/lib/db/stored-json'
import { OrganizationPatch } from '@/lib/trust/return-origin'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'

/** `unreadable` names what is stored and cannot be read; it counts as empty. */
export type OrganizationSettings = { returnOrigins: string[]; unreadable?: string[] }

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
    if (returnOrigins === undefined || JSON.stringify(before) === JSON.stringify(after)) {
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
  const stored = readStored(returnOrigins, Origins)
  return stored.readable ? { returnOrigins: stored.value } : { returnOrigins: [], unreadable: ['returnOrigins'] }
}

const Origins = z.array(z.string())
