import { carriedBytes } from '@/lib/trust/engine/carried-claims'
import { isAboutForm } from '@/lib/trust/engine/check-table'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { issuer as issuerKind } from '@/lib/trust/kinds'
import { TrustPolicy } from '@/lib/trust/policy'
import { type IssuedToken, issueAccessToken } from '../access-token/issue-access-token'
import type { Context } from '../context'
import { noticeDecoy } from '../decoy-token/notice-decoy'
import { attempt, type Found, judgeLogin } from './attempt'
import { findIssuerForLogin } from './find-standalone-issuer'
import { type Freeze, type Judged, withFreeze } from './freeze'
import { judge } from './judge'
import { keepLogin, keepRefusal } from './keep-login'

/** As of a login of an identity; `carried` is what the access token says of the login token. */
export type IssuerLoginOutcome =
  | { accepted: true; issued: IssuedToken; carried: JsonObject }
  | { accepted: false; check: Check }

export type IssuerLoginInput = { token: string; organizationSlug?: string | undefined }

/**
 * Judges a token by the issuer that its `iss` names and, if it is accepted, issues an access token that belongs to that
 * issuer, not to an identity.
 * @throws AppError `too-many`
 */
export function loginByIssuer(ctx: Context, input: IssuerLoginInput): Promise<IssuerLoginOutcome> {
  const { token } = input
  return attempt<FoundIssuer, IssuerLoginOutcome, Judged>(ctx, {
    kind: issuerKind.kind,
    limitedBy: ({ trust }) => trust?.id ?? 'no issuer',
    find: () => findIssuer(ctx, input),
    async judge({ trust, freeze }) {
      if (!trust) return { verdict: await withoutIssuer(ctx, token) }
      return withFreeze(ctx, { trust, freeze }, await judgeLogin(ctx, trust, token))
    },
    async settle(found, { verdict, recorded = verdict }) {
      const { trust } = found
      if (!trust || !verdict.accepted) {
        await keepRefusal(ctx, found, issuerKind.kind, recorded)
        await noticeDecoy(ctx, token)
        return { accepted: false, check: verdict.decisive ?? unknownIssuer }
      }
      const carried = carriedOf(verdict)
      const { issued, row } = await issueAccessToken(ctx, {
        organizationId: trust.organizationId,
        identity: null,
        method: issuerKind.kind,
        grant: trust.grant,
        trustId: trust.id,
        name: trust.name,
        kept: carried,
      })
      await keepLogin(ctx, found, issuerKind.kind, verdict, row)
      return { accepted: true, issued, carried }
    },
  })
}

type FoundIssuer = Found & { freeze: Freeze | null }

async function findIssuer(ctx: Context, { token, organizationSlug }: IssuerLoginInput): Promise<FoundIssuer> {
  const iss = issuerOf(token)
  const found = iss === null ? null : await findIssuerForLogin(ctx, iss, { organizationSlug })
  const { trust, freeze } = found ?? { trust: null, freeze: null }
  return { organizationId: trust?.organizationId ?? null, identity: null, trust, token, freeze }
}

/** Returns the unverified `iss`: good only for finding the trust that judges. */
function issuerOf(token: string): string | null {
  const { claims } = decodeToken(token)
  return claims.ok && typeof claims.value.iss === 'string' ? claims.value.iss : null
}

/**
 * Issuer and subject of the login token, and the claims that the trust passes through. `sub` of the access token is the
 * trust, so that no issuer can take the name of an identity.
 */
function carriedOf({ claims, grant }: Verdict): JsonObject {
  const { iss, sub } = claims ?? {}
  return {
    ...(typeof iss === 'string' ? { issuer: iss } : {}),
    ...(typeof sub === 'string' && carriedBytes({ sub }) <= subjectBytesMax ? { subject: sub } : {}),
    ...grant?.claims,
  }
}

/** The subject comes beside the claims passed through, and all of it has to fit into a header of a request. */
const subjectBytesMax = 1_010

/**
 * The verdict without a trust. Only the token's form can be judged, and a wrong form decides; a token in good form comes
 * from an issuer that is not known here.
 */
async function withoutIssuer(ctx: Context, token: string): Promise<Verdict> {
  const verdict = await judge(ctx, withoutKeys, token)
  const decisive = verdict.checks.find(({ id, status }) => status === 'fail' && isAboutForm(id))
  return decisive ? { ...verdict, decisive } : { ...verdict, ...refusedAsUnknown }
}

/** A policy that accepts no key. */
const withoutKeys: TrustPolicy = { ...TrustPolicy.parse({ keys: [{ kind: 'inline-jwk', jwk: {} }] }), keys: [] }

/** Not a check of the engine, because there was no trust to judge by. */
const unknownIssuer: Check = {
  id: 'method',
  status: 'fail',
  title: 'Issuer',
  message: 'No issuer of that name is believed here, or several organizations believe it and none was named.',
  reason: 'issuer_not_found',
  trusted: false,
}

const refusedAsUnknown = { accepted: false, decisive: unknownIssuer, checks: [] }
