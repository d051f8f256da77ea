import { AppError } from '@/lib/errors'
import { canonicalId } from '@/lib/trust/uuid'
import type { Context } from '../context'
import { useAccessToken } from './use-access-token'

/** Credentials of an OAuth client: the id of the token's holder, and an access token. */
export type ClientCredentials = { clientId: string; secret: string }

/** Reason code of every way to fail: a caller learns nothing of which half was wrong. */
export const clientRefusedReason = 'client_unauthenticated'

export const clientRefused = (cause?: unknown) =>
  new AppError(
    'unauthenticated',
    'The client cannot be authenticated. The client id must be the id of an identity, and the secret a valid access token of that identity.',
    { reason: clientRefusedReason, cause },
  )

/**
 * The context of an OAuth client. An access token is its secret and counts a use, as one that is sent as bearer.
 * @throws AppError `unauthenticated`, `forbidden` (address)
 */
export async function authenticateClient(ctx: Context, { clientId, secret }: ClientCredentials): Promise<Context> {
  try {
    return { ...ctx, ...(await useAccessToken(ctx, secret, canonicalId(clientId))) }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unauthenticated') throw clientRefused(error)
    throw error
  }
}
