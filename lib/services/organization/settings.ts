import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { readStored } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { OrganizationPatch } from '@/lib/model/organization-settings'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing } from '../in-organization'
import { factorsOf, hasFactor } from '../second-factor/factors'

/** `unreadable` names what is stored and cannot be read; it counts as empty. */
export type OrganizationSettings = {
  returnOrigins: string[]
  requiresSecondFactor: boolean
  /** Days after which what was in no access review is due for one; null = it never is. */
  reviewIntervalDays: number | null
  unreadable?: string[]
}

export async function getOrganizationSettings(ctx: Context): Promise<OrganizationSettings> {
  const { organizationId } = requireAccess(ctx, 'read')
  return settingsIn(ctx.db, organizationId)
}

/**
 * Changes what is given and keeps the rest. Requiring a second factor ends the sessions that people who have one began without
 * it; who has none goes on, and may only set one up.
 * @throws AppError `rule` (the actor has no second factor and would be locked out)
 */
export async function setOrganizationSettings(
  ctx: Context,
  input: z.input<typeof OrganizationPatch>,
): Promise<OrganizationSettings> {
  requireAccess(ctx, 'administer')
  const patch = OrganizationPatch.parse(input)
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await settingsIn(tx, ctx.organizationId)
    const after = {
      returnOrigins: patch.returnOrigins ?? before.returnOrigins,
      requiresSecondFactor: patch.requiresSecondFactor ?? before.requiresSecondFactor,
      reviewIntervalDays: patch.reviewIntervalDays === undefined ? before.reviewIntervalDays : patch.reviewIntervalDays,
    }
    // What cannot be read differs from all that can be set in its place.
    const isKept = Object.keys(patch).length === 0 || JSON.stringify(before) === JSON.stringify(after)
    if (isKept) {
      recordNothing(ctx)
      return before
    }
    const isRequiredNow = after.requiresSecondFactor && !before.requiresSecondFactor
    const ended = isRequiredNow ? { sessionsEnded: await endWeakSessions(tx, ctx) } : {}
    const { name } = await tx.organization.update({
      where: { id: ctx.organizationId },
      data: {
        requiresSecondFactor: after.requiresSecondFactor,
        reviewIntervalDays: after.reviewIntervalDays,
        ...(patch.returnOrigins ? { returnOrigins: JSON.stringify(patch.returnOrigins) } : {}),
      },
    })
    await record(tx, ctx, {
      action: 'organization.updated',
      target: { kind: 'organization', id: ctx.organizationId, name },
      before,
      after: { ...after, ...ended },
    })
    return after
  })
}

/** The settings of an organization, inside or outside a transaction. */
export async function settingsIn(db: Pick<Tx, 'organization'>, id: string): Promise<OrganizationSettings> {
  const { returnOrigins, requiresSecondFactor, ...row } = await db.organization.findUniqueOrThrow({ where: { id } })
  const stored = readStored(returnOrigins, Origins)
  const days = row.reviewIntervalDays
  // A number that cannot be read is below 1: then what is older than a day is due.
  const rest = { requiresSecondFactor, reviewIntervalDays: days === null ? null : Math.max(1, days) }
  return stored.readable
    ? { returnOrigins: stored.value, ...rest }
    : { returnOrigins: [], ...rest, unreadable: ['returnOrigins'] }
}

/** Ends the sessions that were begun without a second factor by people who have one. Gives their number. */
async function endWeakSessions(tx: Tx, { actor, organizationId }: Managing): Promise<number> {
  if (actor.kind === 'user' && !hasFactor(await factorsOf(tx, actor.id))) {
    throw new AppError('rule', 'Set up a second factor of your own first, under Settings › Your account.', {
      reason: 'second_factor_missing',
    })
  }
  const { count } = await tx.session.deleteMany({
    where: {
      OR: [{ method: null }, { method: { in: ['password', 'provider'] } }],
      user: {
        memberships: { some: { organizationId } },
        OR: [{ secondFactor: { confirmedAt: { not: null } } }, { passkeys: { some: {} } }],
      },
      ...(actor.kind === 'user' ? { NOT: { id: actor.sessionId } } : {}),
    },
  })
  return count
}

const Origins = z.array(z.string())
