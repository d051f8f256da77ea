import { counted } from '@/components/ui/counted'
import { type Severity, severities } from '@/lib/trust/posture/finding'

/** Counts the attack stories that get in. */
export const admittedOf = (strangers: readonly { admitted: boolean }[]) => ({
  admitted: strangers.filter(({ admitted }) => admitted).length,
  total: strangers.length,
})

/** "3 of 14 strangers get in"; null where no story was judged. */
export function strangerWords({ admitted, total }: { admitted: number; total: number }): string | null {
  if (total === 0) return null
  return `${admitted} of ${counted(total, 'stranger')} ${admitted === 1 ? 'gets' : 'get'} in`
}

/** "1 finding", "12 findings". */
export const findingWords = (count: number): string => (count === 0 ? 'No findings' : counted(count, 'finding'))

/** Findings of a severity at least as bad as another. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(least)

/** Page of a rule. */
export const ruleHref = (id: string): string => `/posture/rules/${encodeURIComponent(id)}`

/** The worst of several; null where nothing is found. */
export const worstSeverity = (all: readonly (Severity | null)[]): Severity | null =>
  severities.find((severity) => all.includes(severity)) ?? null
