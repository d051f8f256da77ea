import { useId } from 'react'
import { counted } from '@/components/ui/counted'

const [width, height] = [2, 14]

/** Fetches of ninety days in a row of a list: `.` not fetched, `+` fetched, `x` at least once in vain. */
export function DayStrip({ days }: { days: string }) {
  const id = useId()
  const bad = [...days].filter((day) => day === 'x').length
  const bars = (sign: string) =>
    [...days].map((day, at) => (day === sign ? `M${at * (width + 1)} 0h${width}v${height}h-${width}z` : '')).join('')
  return (
    <svg
      role="img"
      aria-label={bad === 0 ? 'No failed fetch in 90 days' : `Failed fetches on ${counted(bad, 'day')} of 90`}
      viewBox={`0 0 ${days.length * (width + 1)} ${height}`}
      preserveAspectRatio="none"
      className="h-3.5 w-36"
    >
      <defs>
        {/* Hatched, so that bad days do not depend on colour. */}
        <pattern id={id} width="2" height="4" patternUnits="userSpaceOnUse">
          <rect width="2" height="4" className="fill-refused-subtle" />
          <rect width="2" height="2" className="fill-refused" />
        </pattern>
      </defs>
      <path d={bars('.')} className="fill-muted" />
      <path d={bars('+')} className="fill-accent/60" />
      <path d={bars('x')} fill={`url(#${id})`} className="stroke-refused" strokeWidth="0.5" />
    </svg>
  )
}
