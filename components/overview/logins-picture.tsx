'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useId } from 'react'
import { type LoginDay, niceMax, toBars } from './bar-scale'

const size = { width: 600, height: 120 }
const count = new Intl.NumberFormat('en')
const dayWords = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', day: 'numeric' })

/** Logins by day as stacked bars; a table below has the numbers. */
export function LoginsPicture({ days }: { days: readonly LoginDay[] }) {
  const id = useId()
  const accepted = sum(days.map((day) => day.accepted))
  const refused = sum(days.map((day) => day.refused))
  const max = niceMax(Math.max(0, ...days.map((day) => day.accepted + day.refused)))
  const bars = toBars(days, size)

  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-compact">
        <span className="inline-flex items-center gap-1.5 text-accepted">
          <CircleCheck aria-hidden className="size-4" />
          {count.format(accepted)} accepted
        </span>
        <span className="inline-flex items-center gap-1.5 text-refused">
          <CircleX aria-hidden className="size-4" />
          {count.format(refused)} refused
        </span>
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div
          aria-hidden
          className="flex flex-col justify-between text-right text-muted-foreground text-xs tabular-nums"
        >
          <span>{count.format(max)}</span>
          <span>0</span>
        </div>
        <svg
          role="img"
          aria-label={`Logins of the last ${days.length} days: ${count.format(accepted)} accepted, ${count.format(refused)} refused`}
          viewBox={`0 0 ${size.width} ${size.height}`}
          preserveAspectRatio="none"
          className="h-40 w-full border-b"
        >
          <defs>
            {/* Refused is hatched, so that the two do not differ by colour alone. */}
            <pattern id={`${id}-hatch`} width="4" height="4" patternUnits="userSpaceOnUse">
              <rect width="4" height="4" className="fill-refused-subtle" />
              <path d="M0 4 4 0" className="stroke-refused" strokeWidth="1.5" />
            </pattern>
          </defs>
          {[0.25, 0.5, 0.75].map((part) => (
            <line
              key={part}
              x1="0"
              x2={size.width}
              y1={size.height * part}
              y2={size.height * part}
              className="stroke-border"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {bars.map((bar, at) => (
            <g key={bar.day}>
              <title>{`${bar.day}: ${days[at]?.accepted} accepted, ${days[at]?.refused} refused`}</title>
              <rect
                x={bar.x}
                width={bar.width}
                y={bar.acceptedTop}
                height={size.height - bar.acceptedTop}
                className="fill-accepted"
              />
              <rect
                x={bar.x}
                width={bar.width}
                y={bar.refusedTop}
                height={bar.acceptedTop - bar.refusedTop}
                fill={`url(#${id}-hatch)`}
                className="stroke-refused"
                strokeWidth={bar.acceptedTop > bar.refusedTop ? 1 : 0}
                vectorEffect="non-scaling-stroke"
              />
              {/* The pointer target is the whole column, over a low bar too. */}
              <rect x={bar.x} width={bar.width} y="0" height={size.height} fill="transparent" />
            </g>
          ))}
        </svg>
        <div aria-hidden className="col-start-2 flex justify-between pt-1 text-muted-foreground text-xs">
          <span>{dayLabel(days[0]?.day)}</span>
          <span>{dayLabel(days.at(Math.floor(days.length / 2))?.day)}</span>
          <span>Today</span>
        </div>
      </div>
    </figure>
  )
}

const dayLabel = (day: string | undefined) => (day ? dayWords.format(new Date(`${day}T00:00:00Z`)) : '')

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
