import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { Shown, shownText } from '@/components/ui/shown'
import type { Decision } from '@/lib/client/decisions'

/** The answer first: what decided, what was expected and received, and what to do. */
export function DecisionHero({ decision, actions }: { decision: Decision; actions: ReactNode }) {
  const failed = decision.trace.filter(({ status }) => status === 'fail')
  const first = failed.find(({ id }) => id === decision.checkId) ?? failed[0]
  const Icon = decision.accepted ? CircleCheck : CircleX
  return (
    <section
      aria-label="Answer"
      className={cn(
        'mb-4 grid gap-3 rounded-lg border border-l-4 bg-surface px-4 py-4 lg:px-5',
        decision.accepted ? 'border-l-accepted' : 'border-l-refused',
      )}
    >
      <p className="flex items-start gap-2.5 font-semibold text-base">
        <Icon
          aria-hidden
          className={cn('mt-0.5 size-5 shrink-0', decision.accepted ? 'text-accepted' : 'text-refused')}
        />
        <span className="min-w-0 break-words">{shownText(decision.message)}</span>
      </p>
      {first && (first.expected !== undefined || first.received !== undefined) && (
        <dl className="grid gap-3 lg:grid-cols-2">
          <Value term="Expected" text={first.expected} />
          <Value term="Received" text={first.received} isLoud />
        </dl>
      )}
      {first?.fix && (
        <p className="break-words">
          <span className="font-medium">What to do: </span>
          {shownText(first.fix)}
        </p>
      )}
      {failed.length > 1 && (
        <p className="text-muted-foreground">
          {failed.length - 1} more {failed.length === 2 ? 'check fails' : 'checks fail'}:{' '}
          {shownText(
            failed
              .filter((check) => check !== first)
              .map(({ title }) => title)
              .join(', '),
          )}
          .
        </p>
      )}
      <div className="flex flex-wrap gap-2">{actions}</div>
    </section>
  )
}

function Value({ term, text, isLoud = false }: { term: string; text: string | undefined; isLoud?: boolean }) {
  return (
    <div className="min-w-0 rounded-md bg-muted px-3 py-2">
      <dt className="text-muted-foreground text-xs">{shownText(term)}</dt>
      <dd className={cn('break-all font-mono text-sm', isLoud && 'font-medium')}>
        {text === undefined ? <span className="text-muted-foreground">nothing</span> : <Shown text={text} />}
      </dd>
    </div>
  )
}
