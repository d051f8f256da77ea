import type { RetentionPeriod } from '@/lib/client/retention'
import type { RecordKind } from '@/lib/model/retention'

/** The kinds whose period gets shorter, so that records are removed that would have stayed. */
export const shortened = (
  periods: readonly Pick<RetentionPeriod, 'kind' | 'days'>[],
  days: Readonly<Record<RecordKind, number>>,
): RecordKind[] => periods.flatMap(({ kind, days: before }) => (days[kind] < before ? [kind] : []))
