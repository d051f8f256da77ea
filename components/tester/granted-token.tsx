import type { ReactNode } from 'react'
import { Shown, shownText } from '@/components/ui/shown'
import { localWords, utcWords } from '@/components/ui/time-words'
import { durationText } from '@/lib/trust/engine/checks/time-checks'
import type { GrantPreview } from '@/lib/trust/engine/verdict'
import { stringifyJson } from '@/lib/trust/json/json'

/** The access token that a login with the token at hand would get. */
export function GrantedToken({ grant }: { grant: GrantPreview }) {
  const { subject, ttlSeconds, expiresAt, maxExpiresAt, usesMax, trustedIps, metadata, claims } = grant
  const isAnywhere = trustedIps.length === 0 || ['0.0.0.0/0', '::/0'].every((range) => trustedIps.includes(range))
  const carried = { ...metadata, ...claims }
  return (
    <section aria-label="What would be issued" className="border-t px-4 py-3">
      <h3 className="pb-1.5 font-medium">What would be issued</h3>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-compact">
        <Fact name="For">{subject === null ? 'no subject' : <Mono text={subject} />}</Fact>
        <Fact name="Ends">
          after {durationText(ttlSeconds)}: <Instant seconds={expiresAt} />
        </Fact>
        {maxExpiresAt > expiresAt && (
          <Fact name="Renewed until">
            <Instant seconds={maxExpiresAt} /> at the latest
          </Fact>
        )}
        <Fact name="Uses">{usesMax === 0 ? 'any number' : usesMax}</Fact>
        <Fact name="From">
          {isAnywhere ? 'any address' : <Mono text={trustedIps.slice(0, rangesMax).join(', ')} />}
          {!isAnywhere && trustedIps.length > rangesMax && ` and ${trustedIps.length - rangesMax} more`}
        </Fact>
        {Object.entries(carried).map(([name, value]) => (
          <Fact key={name} name="Carries">
            <Mono text={`${name}: ${stringifyJson(value)}`} />
          </Fact>
        ))}
      </dl>
    </section>
  )
}

/** Ranges of addresses that are written out. */
const rangesMax = 6

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{shownText(name)}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

const Mono = ({ text }: { text: string }) => (
  <span className="break-all font-mono">
    <Shown text={text} />
  </span>
)

/** In UTC, and in the local zone if that differs. */
function Instant({ seconds }: { seconds: number }) {
  const [utc, local] = [utcWords(seconds * 1000), localWords(seconds * 1000)]
  return (
    <span className="tabular-nums">
      {utc}
      {local.slice(0, 19) !== utc.slice(0, 19) && ` (${local})`}
    </span>
  )
}
