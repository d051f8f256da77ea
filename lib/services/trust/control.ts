import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { jsonText } from '@/lib/trust/json/json-text'
import { definitionOf } from '@/lib/trust/kinds'
import { namesOf } from '@/lib/trust/names-of'
import { TrustPolicy } from '@/lib/trust/policy'
import { type Role, roleIncludes, toRole } from '@/lib/trust/role'
import type { TrustDraft } from '@/lib/trust/trust'
import { requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import type { Managing } from '../in-organization'
import { changeTrust } from './trust-rows'

/**
 * The controller of a trust: the actor who changed it last, and so decides which tokens it accepts. `role` is the lower of the one they had then and the
 * one they have now; unknown and removed people and identities have none.
 */
export type Controller = {
  trustId: string
  method: string
  name: string
  by: { kind: string | null; id: string | null; name: string | null; role: Role }
}

/** The trusts through which an actor logs in: an identity's, or the providers a person is linked to; or one trust. */
export type ControlledTrusts = { identityId: string } | { id: string | { in: string[] } }

/** The providers that a person is linked to. */
export async function providersOf(db: Pick<Tx, 'userLink'>, userId: string): Promise<ControlledTrusts> {
  const links = await db.userLink.findMany({ where: { userId }, select: { trustId: true } })
  return { id: { in: [...new Set(links.map(({ trustId }) => trustId))] } }
}

/** Controllers of those trusts, in the order of their kinds. */
export async function controllersOf(
  db: Pick<Tx, 'trust' | 'membership' | 'identity'>,
  organizationId: string,
  trusts: ControlledTrusts,
): Promise<Controller[]> {
  const rows = await db.trust.findMany({
    where: { organizationId, ...trusts },
    orderBy: [{ kind: 'asc' }, { id: 'asc' }],
    select: { ...columns, id: true, kind: true, name: true },
  })
  const ids = rows.flatMap(({ changedById }) => changedById ?? [])
  const [people, identities] = await Promise.all([
    db.membership.findMany({ where: { organizationId, userId: { in: ids } }, select: { userId: true, role: true } }),
    db.identity.findMany({ where: { organizationId, id: { in: ids } }, select: { id: true, role: true } }),
  ])
  const roles = new Map([...people.map(({ userId, role }) => [userId, role] as const), ...identities.map(idAndRole)])
  return rows.map(({ id, kind: method, name, changedByKind: kind, changedById, changedByName, changedByRole }) => {
    const now = toRole(roles.get(changedById ?? '') ?? '')
    const then = toRole(changedByRole ?? '')
    // The operator's own file needs no rank.
    const role = kind === 'system' ? 'admin' : roleIncludes(now, then) ? then : now
    return { trustId: id, method, name, by: { kind, id: changedById, name: changedByName, role } }
  })
}

const columns = { changedByKind: true, changedById: true, changedByName: true, changedByRole: true } as const
const idAndRole = ({ id, role }: { id: string; role: string }) => [id, role] as const

/** The columns that say who controls a trust from now on. */
export function controlColumns({ actor }: Context) {
  return {
    changedByKind: actor.kind,
    changedById: 'id' in actor ? actor.id : null,
    changedByName: 'name' in actor ? actor.name : null,
    changedByRole: 'role' in actor ? actor.role : null,
  }
}

/** Whether a change affects who can log in. A name, a switch, a lifetime of access tokens leave the trust its controller. */
export const decidesAnew = (before: TrustDraft, after: TrustDraft) =>
  jsonText(decisive(before)) !== jsonText(decisive(after))

function decisive(trust: TrustDraft) {
  // Everything that is judged decides who logs in; what an accepted token is exchanged for does not.
  const { grant: _, ...policy } = TrustPolicy.shape
  const judged = namesOf(policy).map((name) => [name, trust[name] ?? null])
  return [judged, definitionOf(trust.kind).decisive?.(trust.options) ?? null]
}

/**
 * Ends an act that makes a trust lead to a role above the one who controls it, unless the actor takes the trust over; that is
 * put on record, trust by trust.
 * @throws AppError `rule` (`take_over_needed`), `forbidden` (rank)
 */
export async function requireControl(
  tx: Tx,
  ctx: Managing,
  { trusts, role, takeOver }: { trusts: ControlledTrusts; role: Role; takeOver: boolean },
) {
  const controllers = await controllersOf(tx, ctx.organizationId, trusts)
  const below = controllers.filter(({ by }) => !roleIncludes(by.role, role))
  if (below.length === 0) return
  requireRank(ctx, role, 'take over a trust that gives this role')
  if (!takeOver) throw takeOverNeeded(below, role)
  for (const { trustId, name, by } of below) {
    const after = controlColumns(ctx)
    await changeTrust(tx, trustId, after, ctx)
    await record(tx, ctx, {
      action: 'trust.taken-over',
      target: { kind: 'trust', id: trustId, name },
      before: { controlledBy: by },
      after: { controlledBy: { kind: after.changedByKind, id: after.changedById, name: after.changedByName } },
    })
  }
}

function takeOverNeeded(below: Controller[], role: Role) {
  const named = below.map(
    ({ name, method, by }) => `"${name}" (${method}) by ${by.name ?? 'an unknown actor'}, ${by.role}`,
  )
  const message =
    `Trusts that would lead to the role ${role} were last changed below it: ${named.join('; ')}. ` +
    'Check what they accept, then take them over (`takeOver: true` in the dashboard’s API).'
  return new AppError('rule', message, {
    reason: 'take_over_needed',
    details: { reason: 'take_over_needed', controllers: below },
  })
}
