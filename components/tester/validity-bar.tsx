import { localWords, utcWords } from '@/components/ui/time-words'
import type { JsonObject } from '@/lib/trust/json/json'
import type { Lifetime } from '@/lib/trust/policy'
import { validityOf, validityWords } from './claim-meanings'

const percent = (place: number) => `${(place * 100).toFixed(2)}%`

/**
 * Validity of a token with the position of now, and paler the times by which clocks may differ. Nothing for a token without expiry.
 */
export function ValidityBar({ claims, now, lifetime }: { claims: JsonObject; now: number; lifetime?: Lifetime }) {
  const validity = validityOf(claims, now, lifetime)
  if (!validity) return null
  const { start, end, startAt, endAt, nowAt, allowedFromAt, allowedToAt } = validity
  const words = validityWords(validity, lifetime)
  const span = `${start === null ? 'no start' : utcWords(start * 1000)} to ${utcWords(end * 1000)}`
  return (
    <div role="img" aria-label={`Validity: ${span}, ${words}`} className="grid gap-1 px-4 py-2">
      <div data-amount className="relative h-2 rounded-full bg-muted">
        <div
          className="absolute inset-y-0 rounded-full bg-accent/25"
          style={{ left: percent(allowedFromAt), right: percent(1 - allowedToAt) }}
        />
        <div
          className="absolute inset-y-0 rounded-full bg-accent/60"
          style={{ left: percent(Math.min(startAt, endAt)), right: percent(1 - endAt) }}
        />
        <div
          className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-foreground"
          style={{ left: percent(nowAt) }}
        />
      </div>
      <div aria-hidden className="grid grid-cols-[1fr_auto_1fr] gap-3 text-muted-foreground text-xs tabular-nums">
        <span>{start !== null && <Instant seconds={start} />}</span>
        <span className="text-foreground">{words}</span>
        <span className="text-right">
          <Instant seconds={end} />
        </span>
      </div>
    </div>
  )
}

/** In UTC, and in the local zone if that differs. */
function Instant({ seconds }: { seconds: number }) {
  const [utc, local] = [utcWords(seconds * 1000), localWords(seconds * 1000)]
  return (
    <>
      {utc}
      {local.slice(0, 19) !== utc.slice(0, 19) && <span className="block">{local}</span>}
    </>
  )
}
