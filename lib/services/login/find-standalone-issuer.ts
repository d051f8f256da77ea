import { loginStoreOf } from '@/lib/db/login-store/stores'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import type { Freeze } from './freeze'
import { parsedTrust } from './parsed-trusts'

/** Selects one of several organizations that trust the same issuer. */
export type IssuerPlace = { organizationSlug?: string | undefined; project?: string | undefined }

/**
 * Returns the enabled trust of an issuer that is not attached to an identity; needs no actor. Null when there is none, or when
 * several organizations have one and `place` does not select one.
 */
export async function findStandaloneIssuer(ctx: Context, iss: string, place: IssuerPlace = {}): Promise<Trust | null> {
  return (await findIssuerForLogin(ctx, iss, place))?.trust ?? null
}

/** The same, with the last time that it was frozen. */
export async function findIssuerForLogin(
  ctx: Context,
  iss: string,
  place: IssuerPlace,
): Promise<{ trust: Trust; freeze: Freeze | null } | null> {
  if (iss.length > 2048) return null
  const [row, another] = await loginStoreOf(ctx.db).issuers(iss, place)
  return row && !another ? { trust: parsedTrust(row), freeze: row.freeze } : null
}
