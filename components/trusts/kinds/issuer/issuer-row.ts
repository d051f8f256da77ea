import type { StoredTrust } from '@/lib/client/trusts'
import { uint64Of } from '@/lib/trust/json/uint64'
import { requiredAudiences } from '@/lib/trust/required-audiences'

/** Row of the list of issuers. */
export type IssuerRow = {
  id: string
  /** Its `iss`. */
  issuer: string
  project: string | null
  /** Number of URLs, and number of supplied keys. */
  urls: number
  supplied: number
  /** Required audiences; [] = none. */
  audiences: string[]
  /** Allowed roles; null = any. */
  roles: string[] | null
  /** Allowed permissions; null = all 64. */
  prm: bigint | null
  isEnabled: boolean
  /** A stored part cannot be read, so every token is refused. */
  isBroken: boolean
  /** From a file, or changeable by an internal account only. */
  fixed: 'static' | 'internal' | null
  updatedAt: string
}

/** Returns a stored issuer as a row of the list. Pure. */
export function toIssuerRow(trust: StoredTrust): IssuerRow {
  const { id, issuer, keys, enabled: isEnabled, updatedAt } = trust
  const options = trust.kind === 'issuer' ? trust.options : null
  const urls = keys.filter((source) => 'url' in source).length
  return {
    id,
    issuer: issuer ?? '',
    project: options?.project ?? null,
    urls,
    supplied: keys.length - urls,
    audiences: requiredAudiences(trust.rules),
    roles: rolesOf(trust),
    prm: prmOf(trust),
    isEnabled,
    isBroken: trust.unreadable !== undefined,
    fixed: options?.static ? 'static' : options?.internal ? 'internal' : null,
    updatedAt,
  }
}

function rolesOf({ rules }: StoredTrust): string[] | null {
  const matcher = rules.find(({ path, matcher: { kind } }) => path === 'roles' && kind === 'subset-of')?.matcher
  return matcher && 'values' in matcher ? matcher.values : null
}

function prmOf({ rules }: StoredTrust): bigint | null {
  const matcher = rules.find(({ path, matcher: { kind } }) => path === 'prm' && kind === 'within-bitmask')?.matcher
  return matcher && 'mask' in matcher ? uint64Of(matcher.mask) : null
}

/** Whether a row matches a search: part of the issuer or project, or its whole id. */
export function hasText({ id, issuer, project }: IssuerRow, search: string): boolean {
  const text = search.trim().toLowerCase()
  return id === text || [issuer, project].some((field) => field?.toLowerCase().includes(text))
}
