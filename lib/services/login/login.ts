import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { Kind } from '@/lib/trust/kinds'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import type { Context } from '../context'
import { attempt, judgeLogin, requireUnchanged } from './attempt'
import { parsedTrust } from './parsed-trusts'

/** The result of a login. A refusal is an answer: `check` says why, and the decision is kept under the request's id. */
export type LoginOutcome = { accepted: true; issued: IssuedToken } | { accepted: false; check: Check }

export type LoginInput = {
  identityId: string
  token: string
  kind: Kind
  /** The organization the caller means; undefined = the identity's, whichever that is. */
  organizationSlug?: string | undefined
}

/**
 * Judges a token against an identity's trust and, if it is accepted, issues an access token. One read, one transaction.
 * An identity that does not exist, one of another organization and one without this method get the same answer, after the
 * same work.
 * @throws AppError `too-many`
 */
export function login(ctx: Context, input: LoginInput): Promise<LoginOutcome> {
  const { identityId, token, kind } = input
  return attempt<Awaited<ReturnType<typeof findIdentity>>, LoginOutcome>(ctx, {
    kind,
    limitedBy: identityId,
    find: () => findIdentity(ctx, input),
    judge: async ({ trust }) => (trust ? judgeLogin(ctx, trust, token) : notConfigured),
    async settle({ trust, identity }, verdict) {
      if (!trust || !verdict.accepted) {
        return async (_, decide) => {
          await decide()
          return { accepted: false, check: verdict.decisive ?? methodNotConfigured }
        }
      }
      const { issued, store } = await issueAccessToken(ctx, {
        organizationId: trust.organizationId,
        identity: { id: identityId, name: identity.name ?? '' },
        method: kind,
        grant: trust.grant,
        trustId: trust.id,
        kept: metadataClaims(verdict),
      })
      return async (tx, decide) => {
        // Before anything else: a request that raises the identity's role either has done so, or waits and then ends this token.
        await tx.identity.update({ where: { id: identityId }, data: { lastLoginMethod: kind, lastLoginAt: ctx.now() } })
        await requireUnchanged(tx, trust)
        await store(tx)
        await decide({ accessTokenId: issued.id })
        return { accepted: true, issued }
      }
    },
    withoutRemoved: (found) => ({ ...found, trust: null }),
  })
}

async function findIdentity(ctx: Context, { identityId, token, kind, organizationSlug }: LoginInput) {
  const found = await ctx.db.identity.findUnique({
    where: { id: identityId, ...(organizationSlug ? { organization: { slug: organizationSlug } } : {}) },
    include: { trusts: { where: { kind, enabled: true } } },
  })
  const [row] = found?.trusts ?? []
  return {
    organizationId: found?.organizationId ?? null,
    identity: { id: identityId, name: found?.name ?? null },
    trust: row ? parsedTrust(row) : null,
    token,
  }
}

/** Claims that the access token takes over from the login token, under one member, so that none can pass for a claim of ours. */
function metadataClaims({ grant }: Verdict): JsonObject {
  if (!grant || Object.keys(grant.metadata).length === 0) return {}
  return { metadata: grant.metadata }
}

/** Not one of the engine's checks: there was no trust to judge by. */
export const methodNotConfigured: Check = {
  id: 'method',
  status: 'fail',
  title: 'Method',
  message: 'This login method is not set up on that identity, or there is no such identity.',
  reason: 'method_not_configured',
  trusted: false,
}

const notConfigured: Verdict = {
  accepted: false,
  decisive: methodNotConfigured,
  checks: [],
  header: null,
  claims: null,
  key: null,
  grant: null,
}
