import { utcWords } from '@/components/ui/time-words'
import type { JsonObject } from '@/lib/trust/json/json'
import { validityOf } from './claim-meanings'

const percent = (place: number) => `${(place * 100).toFixed(2)}%`

/** Validity of a token with the position of now. Nothing for a token without expiry. */
export function ValidityBar({ claims, now }: { claims: JsonObject; now: number }) {
  const validity = validityOf(claims, now)
  if (!validity) return null
  const { start, end, startAt, endAt, nowAt } = validity
  const words = end <= now ? 'expired' : start !== null && start > now ? 'not valid yet' : 'valid now'
  const span = `${start === null ? 'no start' : utcWords(start * 1000)} to ${utcWords(end * 1000)}`
  return (
    <div role="img" aria-label={`Validity: ${span}, ${words}`} className="grid gap-1 px-4 py-2">
      <div className="relative h-2 rounded-full bg-muted">
        <div
          className="absolute inset-y-0 rounded-full bg-accent/60"
          style={{ left: percent(Math.min(startAt, endAt)), right: percent(1 - endAt) }}
        />
        <div
          className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-foreground"
          style={{ left: percent(nowAt) }}
        />
      </div>
      <div aria-hidden className="flex justify-between gap-3 text-muted-foreground text-xs tabular-nums">
        <span>{start === null ? '' : utcWords(start * 1000)}</span>
        <span>{words}</span>
        <span>{utcWords(end * 1000)}</span>
      </div>
    </div>
  )
}
