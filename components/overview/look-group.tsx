import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'

export const groupRowsMax = 3

/** One thing that needs a look, and where it is looked at. */
export type Look = { key: string; href: string; chip: ReactNode; name: string; words: string }

export type Group = {
  title: string
  /** All that is known, worst first. */
  looks: readonly Look[]
  /** Where all of the kind are listed. */
  href: string
  /** There are more than are known here. */
  isMore?: boolean
}

/** Things of one kind: the first few, and how many more there are, which leads to all of them. */
export function LookGroup({ title, looks, href, isMore = false }: Group) {
  const more = looks.length - groupRowsMax
  const shown = looks.slice(0, groupRowsMax)
  return (
    <li className="grid lg:grid-cols-[9rem_minmax(0,1fr)]">
      <div className="flex items-baseline justify-between gap-x-3 px-4 pt-2.5 text-compact lg:block lg:pb-2.5">
        <h3 className="font-medium">{shownText(title)}</h3>
        {more > 0 && (
          <Link href={href} className="rounded-sm text-accent-text hover:underline">
            and {isMore && 'at least '}
            {more.toLocaleString('en')} more
            <span className="sr-only"> under {shownText(title)}</span>
          </Link>
        )}
      </div>
      <ul aria-label={title} className="min-w-0 divide-y lg:border-l">
        {shown.map(({ key, ...look }) => (
          <LookRow key={key} {...look} />
        ))}
      </ul>
    </li>
  )
}

function LookRow({ href, chip, name, words }: Omit<Look, 'key'>) {
  return (
    <li>
      <Link
        href={href}
        className="flex items-center gap-3 px-4 py-2 text-compact hover:bg-muted focus-visible:-outline-offset-2"
      >
        <span className="w-20 shrink-0">{chip}</span>
        <span className="grid min-w-0 flex-1 gap-0.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)] sm:gap-4">
          <span className="truncate font-medium">{shownText(name)}</span>
          <span className="min-w-0 text-muted-foreground max-sm:line-clamp-2 sm:truncate">{shownText(words)}</span>
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </Link>
    </li>
  )
}
