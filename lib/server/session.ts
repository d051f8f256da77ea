import { db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import { useAccessToken } from '@/lib/services/access-token/use-access-token'
import type { Context } from '@/lib/services/context'
import { noticeDecoy } from '@/lib/services/decoy-token/notice-decoy'
import { findSessionActor } from '@/lib/services/people/session'
import { cutText } from '@/lib/trust/cut-text'
import { type ApiRequest, headerOf } from './api-request'

import { keyCache } from './key-cache'
import { keySourceRecorder } from './key-source-recorder'
import { isOwnOrigin } from './own-origin'
import { peerHeader } from './peer'

/** The context of a request before its actor is known. */
export function anonymousContext(request: ApiRequest): Context {
  return {
    db: db(),
    keys: keyCache(),
    keySourceRecorder: keySourceRecorder(),
    now: () => new Date(),
    requestId: newRequestId(),
    ip: headerOf(request, peerHeader),
    userAgent: cutText(headerOf(request, 'user-agent') ?? '', 300) || null,
    actor: { kind: 'anonymous' },
    organizationId: null,
    recorded: [],
  }
}

/**
 * Who asks: the bearer of an access token, or else the person whose session cookie it is.
 * @throws AppError `unauthenticated`, `forbidden` (address of the token, request from another site)
 */
export async function authenticate(ctx: Context, request: ApiRequest): Promise<Context> {
  const authorization = headerOf(request, 'authorization')
  if (authorization !== null) {
    const token = /^Bearer +([^\s]+)$/i.exec(authorization)?.[1]
    if (!token) {
      await noticeDecoy(ctx, withPassword(authorization))
      throw new AppError('unauthenticated', 'The Authorization header must be `Bearer` and an access token.')
    }
    return { ...ctx, ...(await useAccessToken(ctx, token)) }
  }
  const session = headerOf(request, 'cookie') !== null ? await findSessionActor(ctx, request.headers) : null
  if (!session) {
    throw new AppError('unauthenticated', 'Sign in, or send an access token as `Authorization: Bearer …`.', {
      reason: 'not_signed_in',
    })
  }
  requireSameOrigin(request)
  return { ...ctx, ...session }
}

/** The credentials of an Authorization header in readable text (RFC 7617 §2). */
function withPassword(authorization: string): string {
  const encoded = /^Basic +(\S+)$/i.exec(authorization)?.[1]
  return encoded === undefined ? authorization : Buffer.from(encoded, 'base64').toString('latin1')
}

/** A cookie travels by itself, so an act that rests on one must come from our own pages (CSRF). */
export function requireSameOrigin(request: ApiRequest) {
  if (isSafe(request)) return
  const site = headerOf(request, 'sec-fetch-site')
  const origin = headerOf(request, 'origin')
  if (site ? site === 'same-origin' : origin !== null && isOwn(origin, request)) return
  throw crossSite()
}

/** Refuses what needs no actor (setup, sign-in) to a browser that another site has sent. */
export function refuseOtherSites(request: ApiRequest) {
  const site = headerOf(request, 'sec-fetch-site')
  if (isSafe(request) || site === 'same-origin' || site === 'none') return
  // A browser says nothing of the site to a server without TLS, but names the origin; a machine names neither.
  const origin = headerOf(request, 'origin')
  if (site === null && (origin === null || isOwn(origin, request))) return
  throw crossSite()
}

const isOwn = (origin: string, request: ApiRequest) => isOwnOrigin(origin, headerOf(request, 'host'), env().PUBLIC_URL)

const isSafe = ({ method }: ApiRequest) => method === 'GET' || method === 'HEAD'

const crossSite = () =>
  new AppError(
    'forbidden',
    'This request came from another site, or by a name this server does not know. If people reach it by that name, start it with PUBLIC_URL set to the address they use.',
    { reason: 'cross_site' },
  )
