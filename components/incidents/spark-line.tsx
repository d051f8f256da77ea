import { nounOf } from '@/components/layout/incident-words'
import { cn } from '@/components/ui/cn'
import type { Incident } from '@/lib/client/incidents'
import { visibleText } from '@/lib/trust/unseen'

/** What an incident counts, by time as bars; its text says how many and in which steps. */
export function SparkLine({
  incident: { spark, reason },
  className,
}: {
  incident: Pick<Incident, 'spark' | 'reason'>
  className?: string
}) {
  if (!spark) return null
  const most = Math.max(...spark.counts)
  const width = 100 / Math.max(spark.counts.length, 12)
  const words = `${{ use: 'Uses', login: 'Logins', refusal: 'Refusals' }[nounOf({ reason })]} in steps of ${stepWords(spark.stepSeconds)}; at most ${most.toLocaleString('en')} in one.`
  return (
    <svg
      role="img"
      aria-label={visibleText(words)}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className={cn('h-6 w-28 fill-refused forced-color-adjust-auto', className)}
    >
      <title>{words}</title>
      {spark.counts.map((count, n) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * 24)
        return <rect key={n} x={n * width} y={24 - height} width={width * 0.8} height={height} />
      })}
    </svg>
  )
}

/** "5 min", "2 h", "1 d" */
function stepWords(seconds: number): string {
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`
  return seconds < 86_400 ? `${Math.round(seconds / 360) / 10} h` : `${Math.round(seconds / 8_640) / 10} d`
}
