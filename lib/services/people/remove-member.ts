import type { Tx } from '@/lib/db/client'
import { record, recordAll } from '../audit/record'
import type { Context } from '../context'
import { inOrganization, type Managing, manyRows } from '../in-organization'
import { inParts } from '../in-parts'
import { liveFor } from '../live-for'
import { cutLinksMadeBy } from '../sign-in/links-made'
import { nextSequence } from '../trust/next-sequence'
import { changeTrusts } from '../trust/trust-rows'
import { sessionSeconds } from './auth'
import { controlledBy } from './controlled-by'
import { endTokensHeld, endTokensIssuedBy } from './end-tokens-above'
import { findMemberIn, type Member, requireAnAdmin } from './members'
import { endAllResetLinks } from './password-reset'

/** What is removed with a person, besides their sessions. */
export type Removal = {
  /** Access tokens they, or identities under their control, had issued. */
  issuedTokens?: boolean
  /** Access tokens of the identities under their control. Machines log in again. */
  heldTokens?: boolean
  /** Whether trusts they changed last are switched off: no login passes through them until they are switched on. */
  trusts?: boolean
  /** Whether links they made by which one person signs in as another are cut. */
  links?: boolean
}

export type Removed = { member: Member; tokensEnded: number; trustsDisabled: number; linksCut: number }

/**
 * Removes a person. Their sessions, the access tokens of which they may have a copy, reset links if they could create some, and
 * links that they made to other people's accounts end immediately; trusts stay unless requested otherwise.
 * @throws AppError `not-found`, `rule` (the last admin)
 */
export async function removeMember(ctx: Context, userId: string, removal: Removal = {}): Promise<Removed> {
  return inOrganization(ctx, 'administer', (tx, ctx) => removeMemberIn(tx, ctx, userId, removal), manyRows)
}

/** The same as part of another act, of an admin. */
export async function removeMemberIn(
  tx: Tx,
  ctx: Managing,
  userId: string,
  { issuedTokens = true, heldTokens = true, trusts = false, links = true }: Removal = {},
): Promise<Removed> {
  const { organizationId } = ctx
  const member = await findMemberIn(tx, organizationId, userId)
  const { trusts: controlled, identityIds } = await controlledBy(tx, ctx, organizationId, member.id)
  const trustIds = controlled.map(({ id }) => id)
  // Tokens of an identity's trust are held by the identity.
  const standalone = controlled.flatMap(({ id, identityId }) => (identityId === null ? id : []))
  const sessions = await tx.session.count({ where: { userId, expiresAt: liveFor(ctx.now(), sessionSeconds) } })
  const tokensEnded =
    (issuedTokens ? await endTokensIssuedBy(tx, ctx, [userId, ...identityIds]) : 0) +
    (heldTokens ? await endTokensHeld(tx, ctx, { identityIds, trustIds: standalone }) : 0)
  const trustsDisabled = trusts ? await disable(tx, ctx, trustIds, `${member.name} was removed`) : 0
  if (member.role === 'admin' || (await isAnAdmin(tx, identityIds))) await endAllResetLinks(tx, organizationId)
  const linksCut = links ? await cutLinksMadeBy(tx, ctx, userId, `${member.name} was removed`) : 0
  await tx.user.delete({ where: { id: userId } })
  await requireAnAdmin(tx, organizationId)
  await record(tx, ctx, {
    action: 'member.removed',
    target: { kind: 'user', id: userId, name: member.name },
    before: { name: member.name, email: member.email, role: member.role, sessions },
    after: { tokensEnded, trustsDisabled, linksCut },
  })
  return { member, tokensEnded, trustsDisabled, linksCut }
}

/** Switches trusts off that are on, each with a version and an entry of its own. They are changed at once, so they share a sequence. */
async function disable(tx: Tx, ctx: Managing, ids: readonly string[], because: string): Promise<number> {
  const on: { id: string; name: string }[] = []
  for (const part of inParts(ids)) {
    const where = { id: { in: part }, enabled: true }
    on.push(...(await tx.trust.findMany({ where, select: { id: true, name: true } })))
  }
  if (on.length === 0) return 0
  const sequence = await nextSequence(tx, ctx.organizationId)
  const data = { enabled: false, version: { increment: 1 }, sequence, updatedAt: ctx.now() }
  await changeTrusts(
    tx,
    on.map(({ id }) => id),
    data,
    ctx,
  )
  await recordAll(
    tx,
    ctx,
    on.map(({ id, name }) => ({
      action: 'trust.updated',
      target: { kind: 'trust', id, name },
      before: { enabled: true },
      after: { enabled: false, because },
    })),
  )
  return on.length
}

/** Whether one of these identities could make reset links. */
async function isAnAdmin(tx: Tx, identityIds: readonly string[]): Promise<boolean> {
  for (const ids of inParts(identityIds)) {
    if (await tx.identity.findFirst({ where: { id: { in: ids }, role: 'admin' }, select: { id: true } })) return true
  }
  return false
}
