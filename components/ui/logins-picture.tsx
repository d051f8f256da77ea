'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useId } from 'react'
import { axisOf, changeWords, type LoginDay, toBars } from './bar-scale'
import { cn } from './cn'
import { Link } from './link'

const size = { width: 600, height: 120 }
const count = new Intl.NumberFormat('en')
const dayWords = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', day: 'numeric' })

/** Logins by day as stacked bars, each a link to the logins of its day; a table below has the numbers and the same links. */
export function LoginsPicture({ days, isLow = false }: { days: readonly LoginDay[]; isLow?: boolean }) {
  const id = useId()
  const accepted = sum(days.map((day) => day.accepted))
  const refused = sum(days.map((day) => day.refused))
  const { step, max } = axisOf(Math.max(0, ...days.map((day) => day.accepted + day.refused)))
  const ticks = isLow ? [max, 0] : Array.from({ length: max / step + 1 }, (_, at) => max - at * step)
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
        {days.some((day) => changeWords(day) !== '') && (
          <span className="inline-flex items-center gap-2 text-muted-foreground">
            <span aria-hidden className="size-2 rotate-45 rounded-[1px] bg-attention" />
            trusts or keys changed
          </span>
        )}
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div
          aria-hidden
          className="flex flex-col justify-between text-right text-muted-foreground text-xs leading-none tabular-nums"
        >
          {ticks.map((tick) => (
            <span key={tick}>{count.format(tick)}</span>
          ))}
        </div>
        <div className="relative">
          <svg
            role="img"
            aria-label={`Logins of the last ${days.length} days: ${count.format(accepted)} accepted, ${count.format(refused)} refused`}
            viewBox={`0 0 ${size.width} ${size.height}`}
            preserveAspectRatio="none"
            className={cn('w-full border-b', isLow ? 'h-20' : 'h-40')}
          >
            <defs>
              {/* Refused is hatched, so that the two do not differ by colour alone. */}
              <pattern id={`${id}-hatch`} width="4" height="4" patternUnits="userSpaceOnUse">
                <rect width="4" height="4" className="fill-refused-subtle" />
                <path d="M0 4 4 0" className="stroke-refused" strokeWidth="1.5" />
              </pattern>
            </defs>
            {ticks.slice(0, -1).map((tick) => (
              <line
                key={tick}
                x1="0"
                x2={size.width}
                y1={size.height * (1 - tick / max)}
                y2={size.height * (1 - tick / max)}
                className="stroke-border"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {bars.map((bar) => (
              <g key={bar.day}>
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
              </g>
            ))}
          </svg>
          {/* For the pointer: by keyboard the table leads there. The whole column, over a low bar too. */}
          <div aria-hidden className="absolute inset-0 flex">
            {days.map(({ day, accepted: yes, refused: no }) => (
              <Link
                key={day}
                href={hrefOfDay(day)}
                tabIndex={-1}
                title={`${day}: ${count.format(yes)} accepted, ${count.format(no)} refused`}
                className="flex-1 hover:bg-foreground/10"
              />
            ))}
          </div>
        </div>
        {days.some((day) => changeWords(day) !== '') && (
          <div aria-hidden className="col-start-2 flex h-3.5 items-end">
            {days.map((day) => (
              <span key={day.day} className="flex flex-1 justify-center">
                {changeWords(day) !== '' && (
                  <Link
                    href={hrefOfChanges(day)}
                    tabIndex={-1}
                    title={`${day.day}, changed: ${changeWords(day)}`}
                    className="size-2 rotate-45 rounded-[1px] bg-attention hover:bg-foreground"
                  />
                )}
              </span>
            ))}
          </div>
        )}
        <div aria-hidden className="col-start-2 flex justify-between pt-1 text-muted-foreground text-xs">
          <span>{dayLabel(days[0]?.day)}</span>
          <span>{dayLabel(days.at(Math.floor(days.length / 2))?.day)}</span>
          <span>Today</span>
        </div>
      </div>
    </figure>
  )
}

/** The logins of one day, UTC. */
export const hrefOfDay = (day: string) => `/activity?from=${day}&to=${day}`

/** The changes of one day: of trusts in the audit, of keys alone at their sources. */
export const hrefOfChanges = ({ day, trustChanges = 0 }: LoginDay) =>
  trustChanges > 0 ? `/audit?action=trust&from=${day}&to=${day}` : '/key-sources'

const dayLabel = (day: string | undefined) => (day ? dayWords.format(new Date(`${day}T00:00:00Z`)) : '')

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
