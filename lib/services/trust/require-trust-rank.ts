import type { Tx } from '@/lib/db/client'
import { definitionOf } from '@/lib/trust/kinds'
import { type Role, toRole } from '@/lib/trust/role'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import { requireAccess, requireRank } from '../access'
import { findIdentityIn } from '../identity/get-identity'
import type { Managing } from '../in-organization'

/**
 * An actor who may change a trust can log in as its identity, or as the people who sign in by it. So the
 * actor must not be ranked below any of them. Only an admin changes which role a sign-in trust gives.
 * @throws AppError `not-found`, `forbidden`
 */
export async function requireTrustRank(
  tx: Reading,
  ctx: Managing,
  { before, draft }: { before: Trust | null; draft: TrustDraft },
) {
  if (draft.identityId !== null) {
    const identity = await findIdentityIn(tx, ctx.organizationId, draft.identityId)
    requireRank(ctx, identity.role, 'change what an identity trusts')
  }
  const given = roleGivenBy(draft)
  if (given === null) return
  if (given !== (before ? roleGivenBy(before) : 'no-access')) requireAccess(ctx, 'administer')
  for (const role of [given, ...(before ? await rolesOfPeople(tx, before) : [])]) {
    requireRank(ctx, role, 'change how people sign in')
  }
}

type Reading = Pick<Tx, 'identity' | 'membership'>

/** Null for a kind through which no person gets a role. */
const roleGivenBy = ({ kind, options }: TrustDraft): Role | null => definitionOf(kind).roleGiven?.(options) ?? null

async function rolesOfPeople(tx: Reading, { id, organizationId }: Trust): Promise<Role[]> {
  const rows = await tx.membership.findMany({
    where: { organizationId, user: { links: { some: { trustId: id } } } },
    distinct: ['role'],
    select: { role: true },
  })
  return rows.map(({ role }) => toRole(role))
}
