import { CircleCheck, CircleX } from 'lucide-react'
import { useId, useState } from 'react'
import { counted } from '@/components/ui/counted'
import { shownText } from '@/components/ui/shown'
import type { KeySourceDay } from '@/lib/client/key-sources'
import { dayWords, lastDays } from './last-days'

const shownDays = 90
const count = new Intl.NumberFormat('en')

/** Fetches of ninety days, one cell per day; a table below has the numbers. */
export function FetchDays({ days }: { days: readonly KeySourceDay[] }) {
  const id = useId()
  const [now] = useState(() => Date.now())
  const cells = lastDays(days, now, shownDays)
  const fetches = cells.reduce((sum, day) => sum + day.fetches, 0)
  const failures = cells.reduce((sum, day) => sum + day.failures, 0)
  const words = `${counted(fetches, 'fetch', 'fetches')} in ${shownDays} days, ${count.format(failures)} failed`

  return (
    <figure className="grid gap-1.5 border-b px-4 py-3">
      <figcaption className="flex flex-wrap gap-x-4 text-compact">
        <span className="inline-flex items-center gap-1.5">
          <CircleCheck aria-hidden className="size-4 text-muted-foreground" />
          {counted(fetches - failures, 'good fetch', 'good fetches')}
        </span>
        <span className={`inline-flex items-center gap-1.5 ${failures > 0 ? 'text-refused' : 'text-muted-foreground'}`}>
          <CircleX aria-hidden className="size-4" />
          {count.format(failures)} in vain
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${shownDays * 4} 16`}
        preserveAspectRatio="none"
        className="h-5 w-full"
      >
        <defs>
          {/* Hatched, so that bad days do not depend on colour. */}
          <pattern id={`${id}-hatch`} width="2" height="4" patternUnits="userSpaceOnUse">
            <rect width="2" height="4" className="fill-refused-subtle" />
            <rect width="1" height="4" className="fill-refused" />
          </pattern>
        </defs>
        {cells.map((day, at) => (
          <rect
            key={day.day}
            x={at * 4}
            width="3"
            height="16"
            className={day.fetches === 0 ? 'fill-muted' : day.failures === 0 ? 'fill-accent' : undefined}
            fill={day.failures > 0 ? `url(#${id}-hatch)` : undefined}
          >
            <title>{dayWords(day)}</title>
          </rect>
        ))}
      </svg>
      <div aria-hidden className="flex justify-between text-muted-foreground text-xs">
        <span>{shownDays} days ago</span>
        <span>today</span>
      </div>
      {days.length > 0 && (
        <details className="text-compact">
          <summary className="w-fit text-muted-foreground">As a table</summary>
          <div className="mt-1 rounded-md border">
            <table className="w-full text-left">
              <thead className="bg-muted text-muted-foreground">
                <tr>
                  {['Day (UTC)', 'Fetches', 'In vain'].map((name) => (
                    <th key={name} scope="col" className="h-7 px-2 font-medium">
                      {shownText(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="divide-y">
                {[...days].reverse().map(({ day, fetches: all, failures: vain }) => (
                  <tr key={day}>
                    <td className="px-2 py-1 font-mono">{day}</td>
                    <td className="px-2 py-1 tabular-nums">{count.format(all)}</td>
                    <td className="px-2 py-1 tabular-nums">{count.format(vain)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </figure>
  )
}
