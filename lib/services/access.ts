import { AppError } from '@/lib/errors'
import { type Access, canAccess, lowestRole, type Role, roleIncludes } from '@/lib/trust/role'
import type { Context } from './context'

/**
 * Returns the organization the act happens in, if the actor may do it.
 * @throws AppError `unauthenticated` without an actor, `forbidden` for a role too low
 */
export function requireAccess(ctx: Context, access: Access): { organizationId: string; role: Role } {
  const { organizationId, role } = requireActor(ctx)
  if (!canAccess(role, access)) {
    throw new AppError('forbidden', `This needs the role ${lowestRole[access]}; yours is ${role}.`, {
      reason: 'role_too_low',
    })
  }
  return { organizationId, role }
}

/** Returns the authenticated actor, whatever its role. @throws AppError `unauthenticated` */
export function requireActor(ctx: Context): { organizationId: string; role: Role; id: string } {
  if (ctx.actor.kind === 'anonymous' || ctx.actor.kind === 'system' || ctx.organizationId === null) {
    throw new AppError('unauthenticated', 'Sign in, or send an access token as `Authorization: Bearer …`.')
  }
  return { organizationId: ctx.organizationId, role: ctx.actor.role, id: ctx.actor.id }
}

/** The actor on whose behalf long work is done; actors take turns. */
export const ownerOf = ({ actor }: Pick<Context, 'actor'>): { owner: string | null } => ({
  owner: 'id' in actor ? (actor.id ?? null) : null,
})

/**
 * Refuses to hand out, or take over, a role above the actor's own: an actor that may change an identity's trust can become
 * that identity.
 * @throws AppError `forbidden`
 */
export function requireRank(ctx: Context, role: Role, act: string) {
  const own = requireActor(ctx).role
  if (!roleIncludes(own, role)) {
    throw new AppError('forbidden', `Your role is ${own}, so you cannot ${act} with the role ${role}.`, {
      reason: 'rank_too_low',
    })
  }
}
