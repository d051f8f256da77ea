import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { DecoyTokenInput, decoyTokensMax } from '@/lib/model/decoy-token'
import { toEpochSeconds } from '@/lib/trust/epoch-seconds'
import { requireAccess } from '../access'
import { signAccessToken } from '../access-token/sign-access-token'
import { record } from '../audit/record'
import type { Context } from '../context'
import { findIdentityIn } from '../identity/get-identity'
import { inOrganization } from '../in-organization'
import { signingKey } from '../installation/signing-key'
import { storedActor } from '../stored-actor'
import { type DecoyToken, decoyTokenColumns } from './list-decoy-tokens'

/**
 * Makes a token that opens nothing, in the form of an access token that the identity has by Token Auth. Only now is its text seen; what is stored
 * is its id. The identity is a canary: a server that verifies access tokens offline believes what a decoy says, so it names one that is given nothing.
 * @throws AppError `not-found`, `rule` (no canary; as many as there may be)
 */
export async function createDecoyToken(
  ctx: Context,
  identityId: string,
  input: z.input<typeof DecoyTokenInput>,
): Promise<{ token: string; decoy: DecoyToken }> {
  requireAccess(ctx, 'administer')
  const { name, place, days } = DecoyTokenInput.parse(input)
  // Made now where there is none yet, for nothing but `tx` may be written to in the transaction.
  await signingKey(ctx.db)
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    const by = storedActor(ctx.actor)
    const identity = await findIdentityIn(tx, organizationId, identityId)
    if (!identity.isCanary) {
      const message =
        'Only canaries can have decoy tokens, because servers that verify access tokens offline accept a decoy. Make this identity or another one a canary.'
      throw new AppError('rule', message, { reason: 'not_a_canary' })
    }
    if ((await tx.decoyToken.count({ where: { identityId } })) >= decoyTokensMax) {
      const message = `An identity has at most ${decoyTokensMax} decoy tokens. Remove one first.`
      throw new AppError('rule', message, { reason: 'too_many_decoy_tokens' })
    }
    const issuedAt = new Date(toEpochSeconds(ctx.now()) * 1000)
    const expiresAt = new Date(issuedAt.getTime() + days * 86_400_000)
    const id = newId()
    const token = await signAccessToken(ctx, {
      ...{ id, organizationId, method: 'token', issuedAt, expiresAt },
      holder: { kind: 'identity', id: identity.id, name: identity.name },
    })
    const decoy = await tx.decoyToken.create({
      data: {
        ...{ id, organizationId, identityId, name, place, createdAt: ctx.now(), expiresAt },
        ...{ createdById: by.id, createdByName: by.name },
      },
      select: decoyTokenColumns,
    })
    await record(tx, ctx, {
      action: 'decoy-token.made',
      target: { kind: 'decoy-token', id, name },
      after: { identityId, name, place, expiresAt },
    })
    return { token, decoy }
  })
}
