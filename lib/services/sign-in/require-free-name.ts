import type { Tx } from '@/lib/db/client'
import { storedKindPart } from '@/lib/db/trust-row'
import { AppError } from '@/lib/errors'
import { signIn } from '@/lib/trust/kinds'
import type { TrustDraft } from '@/lib/trust/trust'
import { requireActor } from '../access'
import type { Context } from '../context'

/**
 * A guard for making and renaming: one owner has no two sign-in trusts of one name.
 * @param self the trust that is changed; null for a new one
 * @throws AppError `conflict`
 */
export const requireFreeName = (ctx: Context, self: string | null) => async (tx: Tx, draft: TrustDraft) => {
  const { organizationId } = requireActor(ctx)
  const rows = await tx.trust.findMany({
    where: { organizationId, kind: signIn.kind, name: draft.name },
    select: { id: true, kind: true, options: true },
  })
  // A name that is kept was allowed when it was given.
  if (rows.some(({ id }) => id === self)) return
  const owner = signIn.is(draft) ? draft.options.owner : null
  const others = rows.map(({ kind, options }) => {
    const stored = storedKindPart(kind, options)
    return stored && signIn.is(stored) ? stored.options.owner : undefined
  })
  if (!others.some((other) => other === owner)) return
  const message = 'IDP config with this name already exists'
  const fields = [{ path: ['name'], code: 'name_taken', message: 'Another provider has this name already.' }]
  throw new AppError('conflict', message, { reason: 'name_taken', fields })
}
