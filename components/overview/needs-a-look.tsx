'use client'

import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { isAtLeast } from '@/components/posture/posture-words'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge } from '@/components/ui/badge'
import type { LoginDay } from '@/components/ui/bar-scale'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { hrefOfDay } from '@/components/ui/logins-picture'
import { shownText } from '@/components/ui/shown'
import { CardSkeleton } from '@/components/ui/skeleton'
import { useOpenIncidents } from '@/lib/client/incidents'
import { useKeySources } from '@/lib/client/key-sources'
import { usePosture } from '@/lib/client/posture'
import { useStreams } from '@/lib/client/streams'
import { reasonWords } from '@/lib/client/words'
import { canaryUsed, isAlarm, nameTaken } from '@/lib/model/alarm'
import { pauseReasons } from '@/lib/model/stream-facts'
import { useDueReviews } from './due-reviews'
import { refusalsRose } from './week'

const shownMax = 5

/** What needs a person, worst first: refusals that rose, uses of canaries, open incidents that go on, streams that stopped, reviews that are overdue, alarms of key sources, trusts with serious findings. */
export function NeedsALook({ days }: { days: readonly LoginDay[] }) {
  const { data: posture, isPending } = usePosture({}, shownMax)
  const { data: keys } = useKeySources({ alarms: 'true' })
  const { data: open } = useOpenIncidents(50)
  const { data: sent } = useStreams()
  const reviews = useDueReviews()
  const rose = refusalsRose(days)
  const { data: critical } = useOpenIncidents(shownMax, canaryUsed)
  const { data: taken } = useOpenIncidents(shownMax, nameTaken)
  const urgent = [...(critical?.incidents ?? []), ...(taken?.incidents ?? [])]
  const goingOn = [...urgent, ...(open?.incidents.filter((incident) => incident.isGoingOn && !isAlarm(incident)) ?? [])]
  const alarms = (keys?.sources ?? []).flatMap(({ id, url, alarms: some }) =>
    some.map((alarm) => ({ ...alarm, id, url })),
  )
  const shownAlarms = [...alarms].sort((one, other) => rank(one) - rank(other)).slice(0, shownMax)
  const trusts =
    posture?.trusts.filter(({ worst, enabled }) => enabled && worst !== null && isAtLeast(worst, 'high')) ?? []
  const stopped = (sent?.streams ?? []).filter(
    ({ state, pausedReason }) => state === 'paused' && pausedReason !== 'by-hand',
  )
  const lists = [goingOn, stopped, reviews, alarms, trusts]
  if (isPending) return <CardSkeleton />
  if (!rose && lists.every(({ length }) => length === 0)) return null
  return (
    <Section
      title="Needs a look"
      flush
      actions={
        <>
          {goingOn.length > shownMax && (
            <Button asChild size="sm">
              <Link href="/incidents?state=open">All open incidents</Link>
            </Button>
          )}
          {alarms.length > shownMax && (
            <Button asChild size="sm">
              <Link href="/key-sources">All {alarms.length} alarms</Link>
            </Button>
          )}
          <Button asChild size="sm">
            <Link href="/posture">Open Posture</Link>
          </Button>
        </>
      }
    >
      <ul className="divide-y">
        {rose && (
          <Row
            href={`${hrefOfDay(rose.day)}&outcome=refused`}
            chip={<Badge tone="refused">Refusals</Badge>}
            name={`${rose.today.toLocaleString('en')} refused today`}
            words={`A usual day has ${rose.usual.toLocaleString('en')}.`}
          />
        )}
        {goingOn.slice(0, shownMax).map(({ id, identityName, issuer, reason, count, lastChange, about, severity }) => (
          <Row
            key={id}
            href={`/incidents/${id}`}
            chip={
              severity === 'critical' ? <SeverityChip severity="critical" /> : <Badge tone="refused">Incident</Badge>
            }
            name={identityName ?? issuer ?? 'Several identities'}
            words={[`${count.toLocaleString('en')} × ${reasonWords(reason)}`, about ?? lastChange?.text]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
        {stopped.map(({ id, name, pausedReason, lastFailure }) => (
          <Row
            key={id}
            href={`/streams/${id}`}
            chip={<Badge tone="refused">Stream</Badge>}
            name={name}
            words={[pausedReason && pauseReasons[pausedReason], lastFailure].filter(Boolean).join(' ')}
          />
        ))}
        {reviews.map(({ href, name, words }) => (
          <Row key={href} href={href} chip={<Badge tone="attention">Review</Badge>} name={name} words={words} />
        ))}
        {shownAlarms.map(({ id, url, severity, message }) => (
          <Row
            key={`${id} ${message}`}
            href={`/key-sources/${id}`}
            chip={
              severity === 'critical' ? (
                <Badge tone="refused">Key source</Badge>
              ) : (
                <Badge tone="attention">Key source</Badge>
              )
            }
            name={hostOf(url)}
            words={message}
          />
        ))}
        {trusts.map(({ id, name, identityName, sentence, worst, findings }) => (
          <Row
            key={id}
            href={`/posture?trust=${id}`}
            chip={<SeverityChip severity={worst} />}
            name={identityName ?? name}
            words={[findings[0]?.title, sentence].filter(Boolean).join(' · ')}
          />
        ))}
      </ul>
    </Section>
  )
}

const rank = ({ severity }: { severity: string }) => (severity === 'critical' ? 0 : 1)

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)

function Row({ href, chip, name, words }: { href: string; chip: ReactNode; name: string; words: string }) {
  return (
    <li>
      <Link
        href={href}
        className="flex items-center gap-3 px-4 py-2 text-compact hover:bg-muted focus-visible:-outline-offset-2"
      >
        <span className="w-24 shrink-0">{chip}</span>
        <span className="grid min-w-0 flex-1 gap-0.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)] sm:gap-4">
          <span className="truncate font-medium">{shownText(name)}</span>
          <span className="min-w-0 truncate text-muted-foreground">{shownText(words)}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </Link>
    </li>
  )
}
