import type { RetentionPeriod } from '@/lib/client/retention'
import type { RecordKind } from '@/lib/model/retention'

/** Returns the kinds of record whose period gets shorter, so that existing records are removed. */
export const shortened = (
  periods: readonly Pick<RetentionPeriod, 'kind' | 'days'>[],
  days: Readonly<Record<RecordKind, number>>,
): RecordKind[] => periods.flatMap(({ kind, days: before }) => (days[kind] < before ? [kind] : []))
