import type { z } from 'zod'
import { readStored } from '@/lib/db/stored-json'
import { isTaken } from '@/lib/db/transaction'
import { unusableGrant } from '@/lib/db/trust-row'
import { AppError, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { Grant } from '@/lib/trust/grant'
import { requireAccess, requireActor, requireRank } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'
import { inOrganization } from '../in-organization'
import { signingKey } from '../installation/signing-key'
import { issueAccessToken } from './issue-access-token'
import { TokenName } from './token-auth-token'

/** Token Auth: an identity may be handed access tokens without a login, for automation. */
export type TokenAuth = { id: string; identityId: string; grant: Grant; createdAt: Date; updatedAt: Date } & {
  /** `['grant']` where the stored grant cannot be read: then no token is issued, and `grant` is good for nothing. */
  unreadable?: string[]
}

/** @throws AppError `not-found`, `forbidden` (rank), `rule` (already there, TTL longer than its maximum) */
export async function attachTokenAuth(
  ctx: Context,
  identityId: string,
  input: z.input<typeof Grant>,
): Promise<TokenAuth> {
  requireAccess(ctx, 'write')
  const grant = soundGrant(input)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const identity = await findIdentityIn(tx, ctx.organizationId, identityId)
    requireRank(ctx, identity.role, 'attach Token Auth to an identity')
    const row = await tx.tokenAuth
      .create({ data: { id: newId(), identityId, grant: JSON.stringify(grant), createdAt: ctx.now() } })
      .catch((error) => {
        throw isTaken(error)
          ? new AppError('rule', 'This identity has Token Auth already.', { reason: 'already_attached' })
          : error
      })
    await record(tx, ctx, {
      action: 'token-auth.attached',
      target: { kind: 'identity', id: identity.id, name: identity.name },
      after: grant,
    })
    return { ...row, grant }
  })
}

/** Keeps what the input does not mention. @throws AppError `not-found`, `forbidden` (rank), `rule` (TTL longer than its maximum) */
export async function updateTokenAuth(
  ctx: Context,
  identityId: string,
  change: (before: Grant) => z.input<typeof Grant>,
): Promise<TokenAuth> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const identity = await findIdentityIn(tx, ctx.organizationId, identityId)
    requireRank(ctx, identity.role, 'change Token Auth of an identity')
    const stored = await tx.tokenAuth.findUnique({ where: { identityId } })
    if (!stored) throw notSetUp()
    const { grant: before, unreadable } = toTokenAuth(stored)
    const grant = soundGrant(change(before))
    if (unreadable) requireReplaced(grant, soundGrant(change({ ...before, ...otherwise })))
    const row = await tx.tokenAuth.update({
      where: { identityId },
      data: { grant: JSON.stringify(grant), updatedAt: ctx.now() },
    })
    await record(tx, ctx, {
      action: 'token-auth.updated',
      target: { kind: 'identity', id: identity.id, name: identity.name },
      before,
      after: grant,
    })
    return { ...row, grant }
  })
}

/** @throws AppError `not-found` */
export async function getTokenAuth(ctx: Context, identityId: string): Promise<TokenAuth> {
  const { organizationId } = requireAccess(ctx, 'read')
  await findIdentityIn(ctx.db, organizationId, identityId)
  const row = await ctx.db.tokenAuth.findUnique({ where: { identityId } })
  if (!row) throw notSetUp()
  return toTokenAuth(row)
}

/** Removes the method and every token issued by it, at once. @throws AppError `not-found`, `forbidden` (rank) */
export async function removeTokenAuth(ctx: Context, identityId: string): Promise<TokenAuth> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const identity = await findIdentityIn(tx, ctx.organizationId, identityId)
    requireRank(ctx, identity.role, 'remove Token Auth from an identity')
    const row = await tx.tokenAuth.findUnique({ where: { identityId } })
    if (!row) throw notSetUp()
    await tx.tokenAuth.delete({ where: { identityId } })
    await record(tx, ctx, {
      action: 'token-auth.removed',
      target: { kind: 'identity', id: identity.id, name: identity.name },
      before: toTokenAuth(row).grant,
    })
    return toTokenAuth(row)
  })
}

function toTokenAuth({ grant, ...row }: Omit<TokenAuth, 'grant' | 'unreadable'> & { grant: string }): TokenAuth {
  const stored = readStored(grant, Grant)
  return stored.readable ? { ...row, grant: stored.value } : { ...row, grant: unusableGrant, unreadable: ['grant'] }
}

/** Another replacement for unreadable fields: a field that differs by it was not given in the change. */
const otherwise: Partial<Grant> = { ttlSeconds: 2, ttlSecondsMax: 2, usesMax: 2, trustedIps: ['255.255.255.254/32'] }

/** @throws AppError `rule` where a change keeps a part of what cannot be read */
function requireReplaced(grant: Grant, other: Grant) {
  if (JSON.stringify(grant) !== JSON.stringify(other)) throw cannotBeRead('The')
}

const cannotBeRead = (beginning: string) =>
  new AppError(
    'rule',
    `${beginning} stored settings of Token Auth cannot be read. Give all of them, or remove Token Auth and attach it again.`,
    { reason: 'stored_unreadable' },
  )

const notSetUp = () => notFound('Token Auth is not set up on that identity.')

/** @throws AppError `rule` when the TTL is longer than its maximum */
function soundGrant(input: z.input<typeof Grant>): Grant {
  const grant = Grant.parse(input)
  if (grant.ttlSecondsMax === 0 || grant.ttlSeconds <= grant.ttlSecondsMax) return grant
  const message = 'The access token TTL must not be longer than the maximum TTL.'
  throw new AppError('rule', message, {
    fields: [{ path: ['grant', 'ttlSeconds'], code: 'ttl_exceeds_max', message }],
  })
}

/** Hands an identity an access token. Only now is its text seen. @throws AppError `not-found`, `forbidden` (rank) */
export async function createToken(ctx: Context, identityId: string, name: string | undefined) {
  requireAccess(ctx, 'write')
  // Made now where there is none yet, for nothing but `tx` may be written to in the transaction.
  await signingKey(ctx.db)
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const identity = await findIdentityIn(tx, ctx.organizationId, identityId)
    requireRank(ctx, identity.role, 'issue tokens for an identity')
    const tokenAuth = await tx.tokenAuth.findUnique({ where: { identityId } })
    if (!tokenAuth) throw notSetUp()
    if (identity.isCanary) {
      const message = 'This identity is a canary, which gets no access tokens. Make a decoy token for it instead.'
      throw new AppError('rule', message, { reason: 'identity_is_canary' })
    }
    const { grant, unreadable } = toTokenAuth(tokenAuth)
    if (unreadable) throw cannotBeRead('No token can be issued: the')
    const { issued, row } = await issueAccessToken(ctx, {
      organizationId: ctx.organizationId,
      identity,
      method: 'token',
      grant,
      tokenAuthId: tokenAuth.id,
      name: TokenName.optional().parse(name),
      issuedById: requireActor(ctx).id,
    })
    await tx.accessToken.create({ data: row })
    await record(tx, ctx, {
      action: 'access-token.issued',
      target: { kind: 'access-token', id: issued.id, name: name ?? identity.name },
      after: { identityId, name: name ?? null, expiresIn: issued.expiresIn },
    })
    const tokenData = await tx.accessToken.findUniqueOrThrow({ where: { id: issued.id } })
    return { ...issued, tokenData }
  })
}
