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

/** Checks access first; at the organization's level, to the organization that the request names. */
export const permits = (scope: Scope, access: Access) => (ctx: Context, headers: Headers) => {
  const { organizationId } = requireAccess(ctx, access)
  const named = headers.get('x-zitadel-orgid')
  if (scope === 'admin' || !named || named.toLowerCase() === organizationId) return
  throw new AppError('forbidden', 'No permission in the organization that x-zitadel-orgid names', {
    details: { id: 'AUTH-5mWD2' },
  })
}

/** The organization's level reads the installation's providers too. */
export function isReadable(scope: Scope, trust: Trust): boolean {
  const idp = toIdp(trust)
  return idp !== null && (scope === 'management' || idp.options.owner === 'system')
}

/** Requires that a level may change a trust: only its own providers. @throws AppError `not-found` */
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

/** Returns a page of the providers that a level reads, in one of the wire forms. */
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
  createTrust(ctx, toDraft(idp, null), { guard: hasUniqueName ? requireFreeName(ctx, null) : undefined })

/** Changes a provider; a change without effect is an `unchanged` error. `ids` are the ids of errors by kind. */
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
    { guard: hasUniqueName ? requireFreeName(ctx, id.toLowerCase()) : undefined },
  )
  return at(ids, act)
}

/** Removes a provider; returns its last state with sequence and time of the removal. */
export async function removeIdp(ctx: Context, scope: Scope, id: string, notFoundId: string): Promise<Trust> {
  requireIdLength(id)
  const removal = removeTrust(ctx, { id }, (before) => {
    changeable(scope, before)
  })
  return { ...(await at({ 'not-found': notFoundId }, removal)), updatedAt: ctx.now() }
}

type Change = {
  /** Error of a change without effect. */
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
