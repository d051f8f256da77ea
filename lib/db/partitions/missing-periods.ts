import { type Partitioning, periodOfPartitions } from './catalogue'
import { type BoundedRange, overlaps, periodsAhead } from './periods'

/** Periods, of now and ahead, for which there is no partition yet. */
export function missingPeriods({ partitions, now }: Partitioning): BoundedRange[] {
  const others = partitions.filter(({ isDefault }) => !isDefault)
  return periodsAhead(periodOfPartitions(partitions), now).filter(
    (range) => !others.some((other) => overlaps(other, range)),
  )
}
