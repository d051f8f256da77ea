import { ChevronRight } from 'lucide-react'
import { Link } from '@/components/ui/link'
import type { Overview } from '@/lib/client/overview'
import { reasonWords } from '@/lib/client/words'

/** Reasons of refused logins, most frequent first, with links to those logins. `since` is the first day that is counted. */
export function RefusalReasons({ reasons, since }: { reasons: Overview['refusalReasons']; since: string | undefined }) {
  if (reasons.length === 0) {
    return <p className="px-4 py-6 text-center text-muted-foreground">No login was refused in the last 30 days.</p>
  }
  return (
    <ul className="divide-y">
      {reasons.map(({ reason, count }) => (
        <li key={reason}>
          <Link
            href={`/activity?outcome=refused&reason=${encodeURIComponent(reason)}&from=${since ?? ''}`}
            className="flex h-10 items-center gap-3 px-4 hover:bg-muted focus-visible:-outline-offset-2"
          >
            <span className="min-w-0 flex-1 truncate">{reasonWords(reason)}</span>
            <span className="tabular-nums">
              {count.toLocaleString('en')}
              <span className="sr-only"> refused</span>
            </span>
            <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
