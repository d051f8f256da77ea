import type { Tx } from '@/lib/db/client'
import type { Identity } from '@/lib/db/identity-row'
import { AppError } from '@/lib/errors'
import { canAccess } from '@/lib/trust/role'
import { requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { endAllResetLinks } from '../people/password-reset'
import { nextSequence } from '../trust/next-sequence'
import { deleteIdentityRow } from '../trust/trust-rows'
import { findIdentityIn } from './get-identity'

/**
 * Removes an identity with its methods and tokens, which stop working at once.
 * @throws AppError `rule` if protected, `forbidden` (rank; a canary, or decoy tokens, without the role admin)
 */
export async function removeIdentity(ctx: Context, id: string): Promise<Identity> {
  return inOrganization(ctx, 'write', (tx, ctx) => removeIdentityIn(tx, ctx, id))
}

/** The same as part of another act. */
export async function removeIdentityIn(tx: Tx, ctx: Managing, id: string): Promise<Identity> {
  const before = await findIdentityIn(tx, ctx.organizationId, id)
  requireRank(ctx, before.role, 'delete an identity')
  if (before.hasDeleteProtection) {
    throw new AppError('rule', `"${before.name}" is protected from deletion. Switch the protection off first.`)
  }
  const decoyTokens = await tx.decoyToken.count({ where: { identityId: id } })
  if (before.isCanary || decoyTokens > 0) requireAlarmsEnded(ctx, before)
  if (before.role === 'admin') await endAllResetLinks(tx, ctx.organizationId)
  await deleteIdentityRow(tx, id)
  // Every process reads the trusts again, of which there may be fewer now.
  await nextSequence(tx, ctx.organizationId)
  await record(tx, ctx, {
    action: 'identity.deleted',
    target: { kind: 'identity', id, name: before.name },
    before: decoyTokens > 0 ? { ...before, decoyTokens } : before,
  })
  return before
}

/** With a canary, or an identity that has decoy tokens, their alarms go. @throws AppError `forbidden` */
function requireAlarmsEnded({ actor }: Managing, { name, isCanary }: Identity): void {
  if ('role' in actor && canAccess(actor.role, 'administer')) return
  const what = isCanary ? 'is a canary' : 'has decoy tokens'
  throw new AppError('forbidden', `"${name}" ${what}, and its alarms would go with it. Ask an admin to remove it.`, {
    reason: 'role_too_low',
  })
}
