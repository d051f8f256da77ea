import { CircleCheck, CircleX } from 'lucide-react'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { Spinner } from '@/components/ui/spinner'
import { TimeAgo } from '@/components/ui/time-ago'
import type { DecisionSummary } from '@/lib/client/decisions'

/** Noun for what is waited for. */
export type Attempt = 'login' | 'sign-in'

/** What has arrived so far, announced when it changes. */
export function WaitingBanner({
  attempt,
  newest,
  error,
}: {
  attempt: Attempt
  newest: DecisionSummary | undefined
  error: Error | null
}) {
  return (
    <div className="grid gap-2">
      <p
        role="status"
        aria-label={attempt === 'login' ? 'First login' : 'First sign-in'}
        className="flex items-center gap-2.5 rounded-lg border bg-surface px-4 py-3"
      >
        {newest ? <Arrived attempt={attempt} newest={newest} /> : <Waiting attempt={attempt} />}
      </p>
      {error && (
        <Callout tone="attention" title="Not up to date">
          {shownText(error.message)} This page goes on looking.
        </Callout>
      )}
    </div>
  )
}

const Waiting = ({ attempt }: { attempt: Attempt }) => (
  <>
    <Spinner className="size-4" />
    <span>
      <span className="font-medium">Waiting for a {attempt}.</span> It shows here within two seconds, refused or
      accepted.
    </span>
  </>
)

function Arrived({ attempt, newest }: { attempt: Attempt; newest: DecisionSummary }) {
  const { accepted, at, lastAt, repeats } = newest
  const Icon = accepted ? CircleCheck : CircleX
  return (
    <>
      <Icon aria-hidden className={`size-5 shrink-0 ${accepted ? 'text-accepted' : 'text-refused'}`} />
      <span>
        <span className="font-medium">
          {accepted ? `The first ${attempt} arrived and was accepted` : `A ${attempt} arrived and was refused`}
        </span>
        {repeats !== null && repeats > 0 && `, ${repeats + 1} times`}, <TimeAgo at={lastAt ?? at} />.
        {!accepted && ' This page goes on waiting.'}
      </span>
    </>
  )
}
