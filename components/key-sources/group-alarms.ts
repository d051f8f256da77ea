import type { KeySourceSummary } from '@/lib/client/key-sources'

type Alarm = KeySourceSummary['alarms'][number]

/** By severity, worst first. */
const severities: readonly Alarm['severity'][] = ['critical', 'warning']

/**
 * Groups alarms by severity, worst first, in their own order; empty groups are left out.
 * @param max total number; the worst are kept
 */
export function groupAlarms<One extends Pick<Alarm, 'severity'>>(
  alarms: readonly One[],
  max = Number.POSITIVE_INFINITY,
) {
  let left = max
  return severities.flatMap((severity) => {
    const all = alarms.filter((alarm) => alarm.severity === severity)
    const given = all.slice(0, left)
    left -= given.length
    return given.length === 0 ? [] : [{ severity, count: all.length, alarms: given }]
  })
}
