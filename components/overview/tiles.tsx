'use client'

import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { Overview } from '@/lib/client/overview'
import { usePosture } from '@/lib/client/posture'
import { lastWeek, sparkPoints } from './week'

/** Four numbers with their change and course, each a link to what it counts. */
export function Tiles({ overview }: { overview: Overview }) {
  const { data: posture } = usePosture({}, 5)
  const { logins } = overview
  const accepted = lastWeek(logins, 'accepted')
  const refused = lastWeek(logins, 'refused')
  const since = logins.at(-7)?.day
  const scores = (posture?.trend ?? []).flatMap(({ score }) => (score === null ? [] : [score]))
  return (
    <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
      <Tile
        label="Accepted logins, 7 days"
        href={`/activity?outcome=accepted&from=${since}`}
        count={accepted.count.toLocaleString('en')}
        note={changeWords(accepted.change)}
        course={logins.map((day) => day.accepted)}
        ink="stroke-accepted"
      />
      <Tile
        label="Refused logins, 7 days"
        href={`/activity?outcome=refused&from=${since}`}
        count={refused.count.toLocaleString('en')}
        note={changeWords(refused.change)}
        course={logins.map((day) => day.refused)}
        ink="stroke-refused"
      />
      <Tile
        label="Posture"
        href="/posture"
        count={posture?.score === undefined ? '…' : `${posture.score ?? '–'}`}
        note={posture ? `of 100, ${counted(posture.counts.critical + posture.counts.high, 'serious finding')}` : ''}
        course={scores}
        ink="stroke-accent"
      />
      <Tile
        label="Identities"
        href="/identities"
        count={shownCount(overview.identities)}
        note={`${counted(overview.trusts, 'trust')}, ${counted(overview.liveTokens, 'live access token')}`}
      />
    </div>
  )
}

const size = { width: 96, height: 28 }

function Tile({
  label,
  href,
  count,
  note,
  course = [],
  ink,
}: {
  label: string
  href: string
  count: string
  note: string
  course?: readonly number[]
  ink?: string
}) {
  return (
    <Link
      href={href}
      className="row-span-3 grid min-w-0 grid-rows-subgrid gap-y-1 rounded-lg border bg-surface px-4 py-3 max-sm:px-3 hover:border-input hover:bg-muted/40"
    >
      <span className="text-compact text-muted-foreground">{shownText(label)}</span>
      <span className="flex min-h-8 items-end justify-between gap-3">
        <span className="font-semibold text-2xl tabular-nums leading-none">{shownText(count)}</span>
        {course.length > 1 && (
          <svg aria-hidden viewBox={`0 -2 ${size.width} ${size.height + 4}`} className="h-8 w-24 max-sm:hidden">
            <polyline points={sparkPoints(course, size)} fill="none" className={ink} strokeWidth="1.5" />
          </svg>
        )}
      </span>
      <span className="text-muted-foreground text-xs sm:truncate">{shownText(note)}</span>
    </Link>
  )
}

const changeWords = (change: number | null) =>
  change === null
    ? 'none in the week before'
    : `${change > 0 ? '+' : change < 0 ? '−' : '±'}${Math.abs(change)} % to the week before`

/** Maximum that is counted. */
const countedMax = 10_000

const counted = (count: number, noun: string) => `${shownCount(count)} ${noun}${count === 1 ? '' : 's'}`
const shownCount = (count: number) => `${count.toLocaleString('en')}${count >= countedMax ? '+' : ''}`
