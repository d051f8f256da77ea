import type { KeySourceSummary } from '@/lib/client/key-sources'

type Alarm = KeySourceSummary['alarms'][number]

/** In order of weight. */
const severities: readonly Alarm['severity'][] = ['critical', 'warning']

/**
 * Alarms by severity, the gravest first; a severity without any is left out. Within one they keep their order.
 * @param max how many are given in all; the gravest count first
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
