import { type Severity, severities } from '@/lib/trust/posture/finding'

/** The parts of a trust that the map shows. */
export type MappedTrust = {
  id: string
  name: string
  method: string
  identityId: string | null
  identityName: string | null
  role: string | null
  isCanary: boolean
  /** A name came with another id, so no login is accepted. */
  isFrozen: boolean
  issuer: string | null
  enabled: boolean
  preset: { title: string } | null
  worst: Severity | null
  findings: readonly { id: string }[]
}

/** Trusts of one issuer; null = any issuer. */
export type IssuerGroup<Trust extends MappedTrust> = { issuer: string | null; title: string; trusts: Trust[] }

/** Groups trusts by issuer: those with the worst finding first, then by name. */
export function issuerGroups<Trust extends MappedTrust>(trusts: readonly Trust[]): IssuerGroup<Trust>[] {
  const groups = new Map<string | null, IssuerGroup<Trust>>()
  for (const trust of trusts) {
    const { issuer, preset } = trust
    const group = groups.get(issuer) ?? {
      issuer,
      title: preset?.title ?? (issuer === null ? 'Any issuer' : ''),
      trusts: [],
    }
    group.trusts.push(trust)
    groups.set(issuer, group)
  }
  for (const { trusts: own } of groups.values()) own.sort(compare)
  const worst = ({ trusts: [first] }: IssuerGroup<Trust>) => ({ worst: first?.worst ?? null })
  return [...groups.values()].sort(
    (one, other) => rank(worst(one)) - rank(worst(other)) || (one.issuer ?? '').localeCompare(other.issuer ?? ''),
  )
}

export const nameOf = ({ identityName, name }: MappedTrust): string => identityName ?? name

/** Rules that say something about the use of a trust, in words. */
const uses: Readonly<Record<string, string>> = { L27: 'overlaps another', L28: 'not used' }

export const notesOnUse = ({ findings }: MappedTrust): string[] =>
  [...new Set(findings.map(({ id }) => id))].flatMap((id) => uses[id] ?? [])

const rank = ({ worst }: { worst: Severity | null }) => (worst === null ? severities.length : severities.indexOf(worst))

const compare = (one: MappedTrust, other: MappedTrust): number =>
  rank(one) - rank(other) || nameOf(one).localeCompare(nameOf(other))
