import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { definitionOf } from '@/lib/trust/kinds'
import type { TrustDraft } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'

/** The id of the project a trust is filed under, which is created when it is named for the first time; null = none. */
export async function requireProjectOf(tx: Tx, ctx: Context, organizationId: string, { kind, options }: TrustDraft) {
  const label = definitionOf(kind).project?.(options)
  return label ? requireProject(tx, ctx, organizationId, label) : null
}

async function requireProject(tx: Tx, ctx: Context, organizationId: string, label: string): Promise<string> {
  const where = { organizationId_label: { organizationId, label } }
  const known = await tx.project.findUnique({ where, select: { id: true } })
  if (known) return known.id
  const id = newId()
  // Two who name it at the same moment get the same one.
  const project = await tx.project.upsert({
    where,
    create: { id, organizationId, label, createdAt: ctx.now() },
    update: { label },
  })
  if (project.id === id) {
    await record(tx, ctx, { action: 'project.created', organizationId, target: { kind: 'project', id, name: label } })
  }
  return project.id
}
