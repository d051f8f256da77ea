import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { DifferenceView } from '@/components/layout/difference-view'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import type { Decision } from '@/lib/client/decisions'
import { useCaution } from './use-caution'

const looks = {
  accepted: { icon: CircleCheck, edge: 'border-l-accepted', ink: 'text-accepted' },
  open: { icon: TriangleAlert, edge: 'border-l-attention', ink: 'text-attention' },
  refused: { icon: CircleX, edge: 'border-l-refused', ink: 'text-refused' },
}

/** The answer first: what decided, what was expected and received, and what to do. */
export function DecisionHero({ decision, actions }: { decision: Decision; actions: ReactNode }) {
  const caution = useCaution(decision)
  const failed = decision.trace.filter(({ status }) => status === 'fail')
  const first = failed.find(({ id }) => id === decision.checkId) ?? failed[0]
  const look = looks[decision.accepted ? (caution ? 'open' : 'accepted') : 'refused']
  return (
    <section
      aria-label="Answer"
      className={cn(
        'grid min-w-0 gap-3 rounded-lg border border-l-4 bg-surface px-4 py-4 lg:px-5 print:gap-1 print:py-2',
        look.edge,
      )}
    >
      <p className="flex items-start gap-2.5 font-semibold text-base">
        <look.icon aria-hidden className={cn('mt-0.5 size-5 shrink-0', look.ink)} />
        <span className="min-w-0 break-words">{shownText(caution?.title ?? decision.message)}</span>
      </p>
      {caution && <p className="break-words">{shownText(caution.detail)}</p>}
      {first && (first.expected !== undefined || first.received !== undefined) && (
        <div className="rounded-md bg-muted px-3 py-2.5 [&_dd]:text-base print:p-0 print:[&_dd]:text-sm">
          <DifferenceView
            expected={first.expected}
            received={first.received ?? 'nothing'}
            isPattern={decision.identityId !== null && /^(aud|sub|claim:)/.test(first.id)}
          />
        </div>
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
