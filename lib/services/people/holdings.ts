import type { Tx } from '@/lib/db/client'
import { type Role, toRole } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { liveFor } from '../live-for'
import { findPersonIn } from '../sign-in/find-person'
import { linksMadeBy } from '../sign-in/links-made'
import { sessionSeconds } from './auth'

/** Trusts and tokens that a person controls, and could use without being a member any more. */
export type Holdings = {
  /** Trusts that they, or an identity under their control, changed last. */
  trusts: { id: string; name: string; method: string; identityId: string | null }[]
  /** Identities they can log in as: by one of those trusts, or by a token they had issued. */
  identities: { id: string; name: string; role: Role }[]
  /** Live access tokens that they, or an identity under their control, had issued. */
  tokensIssued: number
  /** Live access tokens that those identities hold, or that were issued through those trusts. */
  tokensHeld: number
  sessions: number
  /** Links they made by which a subject of a provider signs in as another person: the newest, at most 200. */
  links: { id: string; userId: string; name: string; trustId: string; provider: string; subject: string }[]
  /** How many such links there are. */
  linksMade: number
}

/** @throws AppError `not-found` */
export async function getHoldings(ctx: Context, userId: string): Promise<Holdings> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const person = await findPersonIn(ctx.db, organizationId, userId)
  return holdingsIn(ctx.db, ctx, organizationId, person.id).then(({ view }) => view)
}

type Reader = Pick<Tx, 'trust' | 'identity' | 'accessToken' | 'session' | 'userLink'>

/** Trusts that a person controls, and filters for their tokens. */
export async function holdingsIn(db: Reader, ctx: Context, organizationId: string, userId: string) {
  const live = { organizationId, revokedAt: null, expiresAt: { gt: ctx.now() } }
  let actorIds = [userId]
  // The controller of an identity controls the trusts that the identity sets up; each round finds those of the last.
  for (;;) {
    const [trusts, tokens] = await Promise.all([
      db.trust.findMany({ where: { organizationId, changedById: { in: actorIds } }, select: trustFields }),
      db.accessToken.findMany({
        where: { ...live, issuedById: { in: actorIds } },
        select: { identityId: true },
        distinct: ['identityId'],
      }),
    ])
    const reached = [...trusts, ...tokens].flatMap(({ identityId }) => identityId ?? [])
    const all = [...new Set([...actorIds, ...reached])]
    if (all.length === actorIds.length) {
      const identityIds = all.slice(1)
      const issued = { ...live, issuedById: { in: actorIds } }
      const trustIds = trusts.map(({ id }) => id)
      const held = { ...live, OR: [{ identityId: { in: identityIds } }, { trustId: { in: trustIds } }] }
      const linksMade = linksMadeBy(organizationId, userId)
      const [identities, tokensIssued, tokensHeld, sessions, links, linkCount] = await Promise.all([
        db.identity.findMany({
          where: { organizationId, id: { in: identityIds } },
          select: { id: true, name: true, role: true },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
        }),
        db.accessToken.count({ where: issued }),
        db.accessToken.count({ where: held }),
        db.session.count({ where: { userId, expiresAt: liveFor(ctx.now(), sessionSeconds) } }),
        db.userLink.findMany({
          where: linksMade,
          include: { user: { select: { name: true } }, trust: { select: { name: true } } },
          orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
          take: linksShown,
        }),
        db.userLink.count({ where: linksMade }),
      ])
      const named = identities.map(({ role, ...identity }) => ({ ...identity, role: toRole(role) }))
      const shown = links.map(({ id, userId, user, trustId, trust, subject }) => ({
        ...{ id, userId, name: user.name, trustId, provider: trust.name, subject },
      }))
      const counts = { tokensIssued, tokensHeld, sessions, linksMade: linkCount }
      const view: Holdings = {
        trusts: trusts.map(({ kind: method, ...trust }) => ({ ...trust, method })),
        identities: named,
        links: shown,
        ...counts,
      }
      return { view, issued, held, trustIds }
    }
    actorIds = all
  }
}

const linksShown = 200
const trustFields = { id: true, name: true, kind: true, identityId: true } as const
