import { type IdentitySort, identitySorts } from '@/lib/client/identities'
import { cutText } from '@/lib/trust/cut-text'
import { roles } from '@/lib/trust/role'

/** Rows per page. */
export const pageSize = 25

/** Rows that a page may skip; later ones are found by search. */
export const offsetMax = 10_000

/** Returns the list's query in a URL. Invalid values are ignored. */
export function toIdentityQuery(get: (name: string) => string | null) {
  const page = Number(get('page') ?? 1)
  return {
    search: cutText(get('search') ?? '', 200) || undefined,
    role: roles.find((role) => role === get('role')),
    sort: identitySorts.find((sort) => sort === get('sort')) ?? ('name' satisfies IdentitySort),
    direction: get('direction') === 'desc' ? ('desc' as const) : ('asc' as const),
    limit: pageSize,
    offset: Number.isSafeInteger(page) && page > 0 && (page - 1) * pageSize <= offsetMax ? (page - 1) * pageSize : 0,
  }
}
