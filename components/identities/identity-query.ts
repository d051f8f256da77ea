import { type IdentitySort, identitySorts } from '@/lib/client/identities'
import { cutText } from '@/lib/trust/cut-text'
import { identityKinds } from '@/lib/trust/kinds/outline'
import { severities } from '@/lib/trust/posture/finding'
import { roles } from '@/lib/trust/role'

/** Rows per page. */
export const pageSize = 25

/** Rows that a page may skip; later ones are found by search. */
export const offsetMax = 10_000

export const loginMethods = [...identityKinds, 'token'] as const
export const lastLogins = ['within-7-days', 'over-30-days', 'over-90-days', 'never'] as const

/** Parameters of the URL that filter the list. */
export const identityFilters = ['search', 'issuer', 'role', 'method', 'severity', 'lastLogin'] as const

/** Returns the list's query in a URL. Invalid values are ignored. */
export function toIdentityQuery(get: (name: string) => string | null) {
  const page = Number(get('page') ?? 1)
  return {
    search: cutText(get('search') ?? '', 200) || undefined,
    issuer: cutText(get('issuer') ?? '', 200) || undefined,
    role: roles.find((role) => role === get('role')),
    method: loginMethods.find((method) => method === get('method')),
    severity: severities.find((severity) => severity === get('severity')),
    lastLogin: lastLogins.find((lastLogin) => lastLogin === get('lastLogin')),
    sort: identitySorts.find((sort) => sort === get('sort')) ?? ('name' satisfies IdentitySort),
    direction: get('direction') === 'desc' ? ('desc' as const) : ('asc' as const),
    limit: pageSize,
    offset: Number.isSafeInteger(page) && page > 0 && (page - 1) * pageSize <= offsetMax ? (page - 1) * pageSize : 0,
  }
}
