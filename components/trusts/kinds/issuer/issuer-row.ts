import type { StoredTrust } from '@/lib/client/trusts'
import { uint64Of } from '@/lib/trust/json/uint64'
import { issuer as issuerKind } from '@/lib/trust/kinds'
import { requiredAudiences } from '@/lib/trust/required-audiences'

/** What the list shows of an issuer. */
export type IssuerRow = {
  id: string
  /** Its `iss`. */
  issuer: string
  project: string | null
  /** How many sources are URLs, and how many keys were supplied. */
  urls: number
  supplied: number
  /** The audiences demanded; [] = none. */
  audiences: string[]
  /** The only roles; null = any. */
  roles: string[] | null
  /** The only permissions; null = all 64. */
  prm: bigint | null
  isEnabled: boolean
  /** A part of what is stored cannot be read, so it refuses every token. */
  isBroken: boolean
  /** It comes from a file, or only an internal account may change it. */
  fixed: 'static' | 'internal' | null
  updatedAt: string
}

/** A stored issuer as a row of the list. Pure. */
export function toIssuerRow(trust: StoredTrust): IssuerRow {
  const { id, issuer, keys, enabled: isEnabled, updatedAt } = trust
  const options = issuerKind.is(trust) ? trust.options : null
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

/** Whether a row has what somebody searches for: part of the issuer or project, or its whole id. */
export function hasText({ id, issuer, project }: IssuerRow, search: string): boolean {
  const text = search.trim().toLowerCase()
  return id === text || [issuer, project].some((field) => field?.toLowerCase().includes(text))
}
