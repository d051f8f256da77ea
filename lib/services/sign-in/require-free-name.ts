import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import type { TrustDraft } from '@/lib/trust/trust'
import { requireActor } from '../access'
import type { Context } from '../context'

/**
 * A guard for making and renaming: one owner has no two sign-in trusts of one name.
 * @param self the trust that is renamed
 * @throws AppError `conflict`
 */
export const requireFreeName = (ctx: Context, self: string | null) => async (tx: Tx, draft: TrustDraft) => {
  const { organizationId } = requireActor(ctx)
  const rows = await tx.trust.findMany({
    where: { organizationId, method: 'sign-in', name: draft.name, NOT: { id: self ?? '' } },
    select: { method: true, foreign: true },
  })
  const owner = signInOptionsOf(draft)?.owner
  const others = rows.map(({ method, foreign }) => signInOptionsOf({ method, foreign: JSON.parse(foreign) })?.owner)
  if (!others.includes(owner)) return
  throw new AppError('conflict', 'IDP config with this name already exists', { reason: 'name_taken' })
}
