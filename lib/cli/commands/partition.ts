import type { Partitioned } from '@/lib/db/partitions/partition-decisions'
import type { PartitionPeriod } from '@/lib/db/partitions/periods'
import { defineCommand, WrongUsage } from '../command'

export const partition = defineCommand({
  name: 'partition',
  summary: 'Partition the decisions in PostgreSQL by time, so that retention drops them at once',
  details: `For installations with about 100 logins per second or more (docs/scaling.md). Servers may run meanwhile. What is
there becomes the first partition, whole, as it is; nothing is copied. If it is interrupted, run it again.
Servers make the next partitions themselves. Run it again to make those that are missing.
Decisions then go when the last one of their partition has been kept long enough, up to one PERIOD
later.`,
  operands: [],
  options: {
    by: { type: 'string', value: 'PERIOD', about: 'how long a partition reaches: day, week (default) or month' },
    status: { type: 'boolean', about: 'print what partitions there are, or what would be done, and change nothing' },
  },
  async run({ options: { by, status = false } }, { print, say }) {
    const period = await periodOf(by ?? 'week')
    const { env } = await import('@/lib/env')
    const { DATABASE_URL } = env()
    if (!DATABASE_URL.startsWith('file:')) {
      const { requireMigrated } = await import('@/lib/db/migrate')
      await requireMigrated(DATABASE_URL)
    }
    if (status) {
      const { partitionStatus } = await import('@/lib/db/partitions/partition-status')
      for (const line of await partitionStatus(DATABASE_URL, period)) print(line)
      return 0
    }
    const { partitionDecisions } = await import('@/lib/db/partitions/partition-decisions')
    const done = await partitionDecisions(DATABASE_URL, { period, say })
    for (const line of sentences(done, by)) print(line)
    if (done.advice !== null) say(done.advice)
    return 0
  },
})

/** @throws WrongUsage */
async function periodOf(given: string): Promise<PartitionPeriod> {
  const { partitionPeriods } = await import('@/lib/db/partitions/periods')
  const period = partitionPeriods.find((one) => one === given)
  if (period) return period
  throw new WrongUsage('--by takes day, week or month.')
}

function sentences({ wasPartitioned, period, made, partitions }: Partitioned, by: string | undefined): string[] {
  const names = made.length > 0 ? ` New: ${made.join(', ')}.` : ''
  if (!wasPartitioned) return [`Decisions are in ${partitions.length} partitions, by ${period}.${names}`]
  return [
    `Decisions have been partitioned before, by ${period}.${names || ' No partition is missing.'}`,
    ...(by === undefined || by === period ? [] : [`The period stays: ${period}, not ${by}.`]),
  ]
}
