import type { StoredTrust } from '@/lib/client/trusts'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import { requiredAudiences } from '@/lib/trust/required-audiences'
import type { Role } from '@/lib/trust/role'

/** Row of the list of sign-in trusts. */
export type ProviderRow = {
  id: string
  name: string
  issuer: string | null
  /** Host and port of the gateway's page; null when it cannot be read. */
  gatewayHost: string | null
  /** Required audiences; [] = none, so tokens for any application are accepted. */
  audiences: string[]
  isActive: boolean
  /** A stored part cannot be read, so every token is refused. */
  isBroken: boolean
  /** Whether people can sign in here through it while it is active; else only other applications use it. */
  isOffered: boolean
  owner: SignInOptions['owner']
  /** Role of people who are added. */
  role: Role
  updatedAt: string
  trust: StoredTrust
}

/** Returns a stored sign-in trust as a row of the list. Pure. */
export function toProviderRow(trust: StoredTrust): ProviderRow {
  const { id, name, issuer, enabled: isActive, updatedAt } = trust
  const options = trust.kind === 'sign-in' && !trust.unreadable?.includes('options') ? trust.options : null
  return {
    id,
    name,
    issuer,
    gatewayHost: options && URL.canParse(options.jwtEndpoint) ? new URL(options.jwtEndpoint).host : null,
    audiences: requiredAudiences(trust.rules),
    isActive,
    isBroken: trust.unreadable !== undefined,
    isOffered: options?.isOffered ?? false,
    owner: options?.owner ?? 'organization',
    role: options?.role ?? 'no-access',
    updatedAt,
    trust,
  }
}

/** Whether a row matches a search: part of its name or addresses, or its whole id. */
export function hasText({ id, name, issuer, gatewayHost }: ProviderRow, search: string): boolean {
  const text = search.trim().toLowerCase()
  return id === text || [name, issuer, gatewayHost].some((field) => field?.toLowerCase().includes(text))
}
