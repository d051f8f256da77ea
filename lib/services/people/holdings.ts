import { type Role, toRole } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { liveFor } from '../live-for'
import { findPersonIn } from '../sign-in/find-person'
import { linksMadeBy } from '../sign-in/links-made'
import { sessionSeconds } from './auth'
import { controlledBy, liveTokens } from './controlled-by'

/** Trusts and tokens that a person controls, and could use without being a member any more. */
export type Holdings = {
  /** Trusts that they, or an identity under their control, changed last: the first by name, at most 200. */
  trusts: { id: string; name: string; method: string; identityId: string | null }[]
  trustCount: number
  /** Identities they can log in as, by one of those trusts or by a token they had issued: the first by name, at most 200. */
  identities: { id: string; name: string; role: Role }[]
  identityCount: number
  /** Live access tokens that they, or an identity under their control, had issued. */
  tokensIssued: number
  /** Live access tokens that those identities hold, or that were issued through those trusts. */
  tokensHeld: number
  /** Whether there are more trusts, identities or tokens: the numbers of these are the least then. */
  isMore: boolean
  sessions: number
  /** Links they made by which a subject of a provider signs in as another person: the newest, at most 200. */
  links: { id: string; userId: string; name: string; trustId: string; provider: string; subject: string }[]
  /** How many such links there are. */
  linksMade: number
}

/** Trusts and identities that are looked for; tokens that are counted; rows of a list. */
export const holdingsBounds = { found: 500, tokens: 10_000, shown: 200 }

/** What a removal of a person can take away. What it costs is bounded. @throws AppError `not-found` */
export async function getHoldings(ctx: Context, userId: string): Promise<Holdings> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const { db } = ctx
  const person = await findPersonIn(db, organizationId, userId)
  const bounds = holdingsBounds
  const { trusts, identityIds, isMore } = await controlledBy(db, ctx, organizationId, person.id, bounds.found)
  const live = liveTokens(ctx, organizationId)
  /** Counts live tokens, in the order of the index that finds them. */
  const count = (which: object, orderBy: Record<string, 'asc'>[]) =>
    db.accessToken.count({ where: { ...live, ...which }, orderBy, take: bounds.tokens + 1 })
  // Those of an identity are among the tokens that it holds.
  const standalone = trusts.flatMap(({ id, identityId }) => (identityId === null ? id : []))
  const linksMade = linksMadeBy(organizationId, person.id)
  const [identities, issued, heldBy, heldThrough, sessions, links, linkCount] = await Promise.all([
    db.identity.findMany({
      where: { organizationId, id: { in: identityIds } },
      select: { id: true, name: true, role: true },
    }),
    count({ issuedById: { in: [person.id, ...identityIds] } }, [{ issuedById: 'asc' }]),
    identityIds.length === 0
      ? 0
      : count({ identityId: { in: identityIds } }, [{ identityId: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }]),
    standalone.length === 0 ? 0 : count({ trustId: { in: standalone } }, [{ trustId: 'asc' }]),
    db.session.count({ where: { userId: person.id, expiresAt: liveFor(ctx.now(), sessionSeconds) } }),
    db.userLink.findMany({
      where: linksMade,
      include: { user: { select: { name: true } }, trust: { select: { name: true } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: bounds.shown,
    }),
    db.userLink.count({ where: linksMade }),
  ])
  const held = heldBy + heldThrough
  return {
    trusts: firstByName(trusts).map(({ kind: method, ...trust }) => ({ ...trust, method })),
    trustCount: trusts.length,
    identities: firstByName(identities).map(({ role, ...identity }) => ({ ...identity, role: toRole(role) })),
    identityCount: identities.length,
    tokensIssued: Math.min(issued, bounds.tokens),
    tokensHeld: Math.min(held, bounds.tokens),
    isMore: isMore || issued > bounds.tokens || held > bounds.tokens,
    sessions,
    links: links.map(({ id, userId, user, trustId, trust, subject }) => ({
      ...{ id, userId, name: user.name, trustId, provider: trust.name, subject },
    })),
    linksMade: linkCount,
  }
}

const firstByName = <Row extends { id: string; name: string }>(rows: readonly Row[]): Row[] =>
  rows
    .toSorted((one, other) => compare(one.name, other.name) || compare(one.id, other.id))
    .slice(0, holdingsBounds.shown)

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
