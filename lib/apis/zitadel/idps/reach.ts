import { AppError, type ErrorKind, notFound } from '@/lib/errors'
import { requireAccess } from '@/lib/services/access'
import type { Context } from '@/lib/services/context'
import { listSignInTrusts } from '@/lib/services/sign-in/list-sign-in-trusts'
import { requireFreeName } from '@/lib/services/sign-in/require-free-name'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrust } from '@/lib/services/trust/find-trust'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import type { Access } from '@/lib/trust/role'
import type { Trust } from '@/lib/trust/trust'
import { at } from '../envelope'
import { listDetails } from '../protojson'
import { type Idp, isSame, ownerOf } from './idp'
import { toDraft, toIdp } from './mapper'
import { searched } from './search'
import type { Scope, Search } from './wire'

/** Permission before anything else; at the organization's level, for the organization the request names. */
export const permits = (scope: Scope, access: Access) => (ctx: Context, headers: Headers) => {
  const { organizationId } = requireAccess(ctx, access)
  const named = headers.get('x-zitadel-orgid')
  if (scope === 'admin' || !named || named.toLowerCase() === organizationId) return
  throw new AppError('forbidden', 'No permission in the organization that x-zitadel-orgid names', {
    details: { id: 'AUTH-5mWD2' },
  })
}

/** The organization's level sees the installation's providers too. */
export function isReadable(scope: Scope, trust: Trust): boolean {
  const idp = toIdp(trust)
  return idp !== null && (scope === 'management' || idp.options.owner === 'system')
}

/** What a level may change of a trust: its own providers only. @throws AppError `not-found` */
function changeable(scope: Scope, trust: Trust): Idp {
  const idp = toIdp(trust)
  if (idp?.options.owner !== ownerOf(scope)) throw absent()
  return idp
}

/** @throws AppError `invalid`, `not-found` */
export async function getIdp(ctx: Context, scope: Scope, id: string): Promise<Trust> {
  requireIdLength(id)
  const trust = await getTrust(ctx, id)
  if (!isReadable(scope, trust)) throw absent()
  return trust
}

/** A page of the providers a level sees, in one of the shapes. */
export async function listIdps<T>(ctx: Context, scope: Scope, sent: Search, shape: (trust: Trust) => T | null) {
  const { trusts, sequence } = await listSignInTrusts(ctx)
  const { page, total } = searched(
    trusts.filter((trust) => isReadable(scope, trust)),
    sent,
  )
  return {
    details: listDetails(ctx.now(), total, sequence),
    result: page.flatMap((trust) => shape(trust) ?? []),
  }
}

export const addIdp = (ctx: Context, idp: Idp, hasUniqueName: boolean): Promise<Trust> =>
  createTrust(ctx, toDraft(idp, null), hasUniqueName ? requireFreeName(ctx, null) : undefined)

/** Changes a provider; a change that changes nothing is an `unchanged` error. `ids` name the place for each error. */
export async function changeIdp(
  ctx: Context,
  scope: Scope,
  id: string,
  change: (idp: Idp, enabled: boolean) => { idp?: Idp; enabled?: boolean },
  { unchanged, hasUniqueName = false, ids }: Change,
): Promise<Trust> {
  requireIdLength(id)
  const act = updateTrust(
    ctx,
    { id },
    (before) => {
      const stored = changeable(scope, before)
      const { idp = stored, enabled = before.enabled } = change(stored, before.enabled)
      if (isSame(idp, stored) && enabled === before.enabled) throw new AppError('unchanged', unchanged)
      return { ...toDraft(idp, before), enabled }
    },
    null,
    hasUniqueName ? requireFreeName(ctx, id.toLowerCase()) : undefined,
  )
  return at(ids, act)
}

/** Removes a provider; answers it as it was, with the number and the time of its removal. */
export async function removeIdp(ctx: Context, scope: Scope, id: string, notFoundId: string): Promise<Trust> {
  requireIdLength(id)
  const removal = removeTrust(ctx, { id }, (before) => {
    changeable(scope, before)
  })
  return { ...(await at({ 'not-found': notFoundId }, removal)), updatedAt: ctx.now() }
}

type Change = {
  /** What is said where nothing would change. */
  unchanged: string
  hasUniqueName?: boolean
  ids: Partial<Record<ErrorKind, string>>
}

/** @throws AppError `malformed` */
export function requireIdLength(id: string) {
  if (id.length > 0 && Array.from(id).length <= 200) return
  throw new AppError('malformed', 'invalid id: value length must be between 1 and 200 runes, inclusive')
}

export const absent = () => notFound('IDP Configuration does not exist')
