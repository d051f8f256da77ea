'use client'

import { CircleCheck, DoorOpen } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import type { StrangerAnswer } from '@/lib/model/posture'
import { admittedOf, strangerWords } from './posture-words'

/**
 * Attack stories, a cell each: whether the trust would let that stranger in. At first those that get in are shown; a button shows
 * all.
 */
export function StrangersGrid({
  strangers,
  actionOf,
}: {
  strangers: readonly StrangerAnswer[]
  /** The smallest change that keeps a stranger out. */
  actionOf?: (stranger: StrangerAnswer) => ReactNode
}) {
  const [isWhole, setIsWhole] = useState(false)
  const counts = admittedOf(strangers)
  const words = strangerWords(counts)
  if (words === null) return null
  const shown = isWhole ? strangers : strangers.filter(({ admitted }) => admitted)
  const isSafe = counts.admitted === 0
  return (
    <div className="grid gap-2 px-4 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className={cn('flex items-center gap-1.5 font-medium', isSafe ? 'text-accepted' : 'text-refused')}>
          {isSafe ? <CircleCheck aria-hidden className="size-4" /> : <DoorOpen aria-hidden className="size-4" />}
          {words}
        </h3>
        {counts.admitted < counts.total && (
          <Button variant="link" size="sm" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? (isSafe ? 'Hide them' : 'Show those that get in') : `Show all ${counts.total}`}
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <ul aria-label="Strangers" className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-1.5">
          {shown.map((stranger) => (
            <Cell key={stranger.story} stranger={stranger} action={stranger.admitted ? actionOf?.(stranger) : null} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Cell({ stranger: { story, title, admitted }, action }: { stranger: StrangerAnswer; action: ReactNode }) {
  const Icon = admitted ? DoorOpen : CircleCheck
  const ink = admitted ? 'text-refused' : 'text-accepted'
  return (
    <li
      data-story={story}
      data-admitted={admitted}
      className={cn(
        'grid content-start gap-0.5 rounded-md border px-2.5 py-1.5 text-compact',
        admitted && 'border-refused-border',
      )}
    >
      <span className="flex items-start gap-1.5">
        <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
        <span className="min-w-0">
          <span className={cn('break-words', !admitted && 'text-muted-foreground')}>{shownText(title)}</span>{' '}
          <span className={cn('whitespace-nowrap text-xs', ink)}>{admitted ? 'gets in' : 'kept out'}</span>
        </span>
      </span>
      {action && <span className="min-w-0 pl-[1.375rem] text-muted-foreground text-xs">{action}</span>}
    </li>
  )
}
