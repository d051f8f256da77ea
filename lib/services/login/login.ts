import { loginStoreOf } from '@/lib/db/login-store/stores'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import type { Kind } from '@/lib/trust/kinds'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import type { Context } from '../context'
import { noticeDecoy } from '../decoy-token/notice-decoy'
import { attempt, judgeLogin } from './attempt'
import { canaryVerdict, closedTrust } from './canary'
import { type Judged, withFreeze } from './freeze'
import { keepLogin, keepRefusal } from './keep-login'
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
 * Judges a token against an identity's trust and, if it is accepted, issues an access token. One read, one commit.
 * An identity that does not exist, one of another organization and one without this method get the same answer, after the
 * same work.
 * @throws AppError `too-many`
 */
export function login(ctx: Context, input: LoginInput): Promise<LoginOutcome> {
  const { identityId, token, kind } = input
  return attempt<Awaited<ReturnType<typeof findIdentity>>, LoginOutcome, Judged>(ctx, {
    kind,
    limitedBy: identityId,
    find: () => findIdentity(ctx, input),
    async judge({ trust, freeze }) {
      if (!trust) return { verdict: notConfigured }
      return withFreeze(ctx, { trust, freeze }, await judgeLogin(ctx, trust, token))
    },
    async settle(found, { verdict, recorded = verdict }) {
      const { trust, identity, canaryPlace } = found
      if (canaryPlace !== null) {
        const told = canaryVerdict(verdict, { name: identity.name ?? '', place: canaryPlace })
        await keepRefusal(ctx, found, kind, told)
        await noticeDecoy(ctx, token)
        return { accepted: false, check: verdict.decisive ?? methodNotConfigured }
      }
      if (!trust || !verdict.accepted) {
        await keepRefusal(ctx, found, kind, recorded)
        await noticeDecoy(ctx, token)
        return { accepted: false, check: verdict.decisive ?? methodNotConfigured }
      }
      const { issued, row } = await issueAccessToken(ctx, {
        organizationId: trust.organizationId,
        identity: { id: identityId, name: identity.name ?? '' },
        method: kind,
        grant: trust.grant,
        trustId: trust.id,
        kept: metadataClaims(verdict),
      })
      await keepLogin(ctx, found, kind, verdict, row)
      return { accepted: true, issued }
    },
  })
}

async function findIdentity(ctx: Context, { identityId, token, kind, organizationSlug }: LoginInput) {
  // Clients send an empty name for none.
  const found = await loginStoreOf(ctx.db).identity(identityId, kind, organizationSlug || undefined)
  const trust = found?.trust ? parsedTrust(found.trust) : null
  const canaryPlace = found?.canaryPlace ?? null
  return {
    organizationId: found?.organizationId ?? null,
    identity: { id: identityId, name: found?.name ?? null },
    trust: trust && canaryPlace !== null ? closedTrust(trust) : trust,
    ...{ token, canaryPlace, freeze: found?.trust?.freeze ?? null },
  }
}

/** Claims copied from the login token, under one member, so that none can be mistaken for a claim of ours. */
function metadataClaims({ grant }: Verdict): JsonObject {
  if (!grant || Object.keys(grant.metadata).length === 0) return {}
  return { metadata: grant.metadata }
}

/** Not a check of the engine, because there was no trust to judge by. */
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
