import type { Decision } from '@/lib/client/decisions'

type Check = Decision['trace'][number]

/** A claim as a login recorded it, and the checks that read it. */
export type ReadClaim = { name: string; value: string; checks: Check[] }

/** Returns the claims of a decision, those that a failed check reads first, then those that any check reads. Pure. */
export function readClaims({ claims, trace }: Pick<Decision, 'claims' | 'trace'>): ReadClaim[] {
  const rows = Object.entries(claims ?? {}).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    checks: trace.filter((check) => reads(check, name)),
  }))
  const rank = ({ checks }: ReadClaim) =>
    checks.some(({ status }) => status === 'fail') ? 0 : checks.some(({ status }) => status !== 'skipped') ? 1 : 2
  return rows.sort((one, other) => rank(one) - rank(other))
}

/** Whether a check reads a claim or a member of it: checks of registered claims have their names, others a prefix. */
function reads({ id }: Check, name: string): boolean {
  const path = id.startsWith('claim:') ? id.slice('claim:'.length) : id
  return path === name || (id !== path && path.startsWith(`${name}.`))
}
