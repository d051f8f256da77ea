'use client'

import { isAtLeast } from '@/components/posture/posture-words'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge } from '@/components/ui/badge'
import type { LoginDay } from '@/components/ui/bar-scale'
import { Section } from '@/components/ui/card'
import { hrefOfDay } from '@/components/ui/logins-picture'
import { CardSkeleton } from '@/components/ui/skeleton'
import { useOpenIncidents } from '@/lib/client/incidents'
import { useKeySources } from '@/lib/client/key-sources'
import { usePosture } from '@/lib/client/posture'
import { useStreams } from '@/lib/client/streams'
import { reasonWords } from '@/lib/client/words'
import { canaryUsed, isAlarm, nameTaken } from '@/lib/model/alarm'
import { hostOf } from '@/lib/model/host-of'
import { pauseReasons } from '@/lib/model/stream-facts'
import { useDueReviews } from './due-reviews'
import { type Group, LookGroup } from './look-group'
import { refusalsRose } from './week'

/** What needs a person, by kind, the most urgent kind first; of each kind the worst few. */
export function NeedsALook({ days }: { days: readonly LoginDay[] }) {
  const all = [useIncidentLooks(days), useStreamLooks(), useReviewLooks(), useAlarmLooks(), useFindingLooks()]
  if (all.includes('loading')) return <CardSkeleton lines={8} />
  const groups = all.filter((group) => group !== 'loading').filter(({ looks }) => looks.length > 0)
  if (groups.length === 0) return null
  return (
    <Section title="Needs a look" flush>
      <ul className="divide-y">
        {groups.map((group) => (
          <LookGroup key={group.title} {...group} />
        ))}
      </ul>
    </Section>
  )
}

/** A kind whose answer has failed holds the others back no longer. */
const isAwaited = ({ isPending, failureCount }: { isPending: boolean; failureCount: number }) =>
  isPending && failureCount === 0

/** Refusals that rose, uses of canaries, names with another id, and open incidents that go on. */
function useIncidentLooks(days: readonly LoginDay[]): Group | 'loading' {
  const critical = useOpenIncidents(urgentMax, { reason: canaryUsed })
  const taken = useOpenIncidents(urgentMax, { reason: nameTaken })
  const open = useOpenIncidents(50)
  if ([critical, taken, open].some(isAwaited)) return 'loading'
  const rose = refusalsRose(days)
  const incidents = [
    ...(critical.data?.incidents ?? []),
    ...(taken.data?.incidents ?? []),
    ...(open.data?.incidents.filter((incident) => incident.isGoingOn && !isAlarm(incident)) ?? []),
  ]
  return {
    title: 'Incidents',
    href: '/incidents?state=open',
    isMore: [critical, taken, open].some(({ data }) => data?.next),
    looks: [
      ...(rose
        ? [
            {
              key: 'rose',
              href: `${hrefOfDay(rose.day)}&outcome=refused`,
              chip: <Badge tone="refused">Refusals</Badge>,
              name: `${rose.today.toLocaleString('en')} refused today`,
              words: `A usual day has ${rose.usual.toLocaleString('en')}.`,
            },
          ]
        : []),
      ...incidents.map(({ id, identityName, issuer, reason, count, lastChange, about, severity }) => ({
        key: id,
        href: `/incidents/${id}`,
        chip: severity === 'medium' ? <Badge tone="refused">Refused</Badge> : <SeverityChip severity={severity} />,
        name: identityName ?? issuer ?? 'Several identities',
        words: [`${count.toLocaleString('en')} × ${reasonWords(reason)}`, about ?? lastChange?.text]
          .filter(Boolean)
          .join(' · '),
      })),
    ],
  }
}

function useStreamLooks(): Group | 'loading' {
  const streams = useStreams()
  if (isAwaited(streams)) return 'loading'
  const stopped = (streams.data?.streams ?? []).filter(
    ({ state, pausedReason }) => state === 'paused' && pausedReason !== 'by-hand',
  )
  return {
    title: 'Streams',
    href: '/streams',
    looks: stopped.map(({ id, name, pausedReason, lastFailure }) => ({
      key: id,
      href: `/streams/${id}`,
      chip: <Badge tone="refused">Paused</Badge>,
      name,
      words: [pausedReason && pauseReasons[pausedReason], lastFailure].filter(Boolean).join(' '),
    })),
  }
}

function useReviewLooks(): Group | 'loading' {
  const { reviews, answers } = useDueReviews()
  if (answers.some(isAwaited)) return 'loading'
  return {
    title: 'Access reviews',
    href: '/reviews',
    looks: reviews.map(({ chip, ...review }) => ({
      key: review.href,
      chip: <Badge tone="attention">{chip}</Badge>,
      ...review,
    })),
  }
}

function useAlarmLooks(): Group | 'loading' {
  const sources = useKeySources({ alarms: 'true' })
  if (isAwaited(sources)) return 'loading'
  const alarms = (sources.data?.sources ?? []).flatMap(({ id, url, alarms: some }) =>
    some.map((alarm) => ({ ...alarm, id, url })),
  )
  return {
    title: 'Key sources',
    href: '/key-sources',
    isMore: sources.hasNextPage,
    looks: [...alarms]
      .sort((one, other) => rank(one) - rank(other))
      .map(({ id, url, severity, message }) => ({
        key: `${id} ${message}`,
        href: `/key-sources/${id}`,
        chip: severity === 'critical' ? <SeverityChip severity="critical" /> : <Badge tone="attention">Warning</Badge>,
        name: hostOf(url),
        words: message,
      })),
  }
}

function useFindingLooks(): Group | 'loading' {
  const posture = usePosture({}, 5)
  if (isAwaited(posture)) return 'loading'
  const serious =
    posture.data?.trusts.filter(({ worst, enabled }) => enabled && worst !== null && isAtLeast(worst, 'high')) ?? []
  return {
    title: 'Posture',
    href: '/posture',
    isMore: posture.hasNextPage,
    looks: serious.map(({ id, name, identityName, sentence, worst, findings }) => ({
      key: id,
      href: `/posture?trust=${id}`,
      chip: <SeverityChip severity={worst} />,
      name: identityName ?? name,
      words: [findings[0]?.title, sentence].filter(Boolean).join(' · '),
    })),
  }
}

const urgentMax = 5

const rank = ({ severity }: { severity: string }) => (severity === 'critical' ? 0 : 1)
