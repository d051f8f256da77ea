import { CircleCheck, CircleX, type LucideIcon, Minus, TriangleAlert } from 'lucide-react'
import { visibleText } from '@/lib/trust/unseen'
import { Badge } from './badge'
import { cn } from './cn'
import { shownText } from './shown'

type Status = 'pass' | 'fail' | 'warn' | 'skipped'

/** A check, stored or judged; the engine's and the API's types fit. */
export type ListedCheck = {
  id: string
  status: Status
  title: string
  message: string
  reason?: string
  expected?: string
  received?: string
  fix?: string
  trusted: boolean
}

const looks: Record<Status, { icon: LucideIcon; word: string; ink: string }> = {
  pass: { icon: CircleCheck, word: 'Passed', ink: 'text-accepted' },
  fail: { icon: CircleX, word: 'Failed', ink: 'text-refused' },
  warn: { icon: TriangleAlert, word: 'Warning', ink: 'text-attention' },
  skipped: { icon: Minus, word: 'Not checked', ink: 'text-muted-foreground' },
}

/** Every check of a verdict, in order: expected, received and advice. */
export function CheckList({ checks, label }: { checks: readonly ListedCheck[]; label: string }) {
  return (
    <ol
      aria-label={visibleText(label)}
      data-in-columns={checks.some(isLoud) ? undefined : true}
      className="divide-y print:divide-y-0"
    >
      {checks.map((check) => (
        <CheckItem key={check.id} check={check} />
      ))}
    </ol>
  )
}

function CheckItem({ check }: { check: ListedCheck }) {
  const { icon: Icon, word, ink } = looks[check.status]
  const loud = isLoud(check)
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 px-4 py-2 print:py-0">
      <Icon aria-hidden className={cn('mt-0.5 size-4', ink)} />
      <div
        className={cn(
          'grid items-start gap-x-4 gap-y-1 lg:grid-cols-[17rem_minmax(0,1fr)]',
          loud ? 'print:grid-cols-[17rem_minmax(0,1fr)]' : 'print:grid-cols-[8.5rem_minmax(0,1fr)]',
        )}
      >
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium">{shownText(check.title)}</span>
          {/* On paper, the picture and the line above say of what passed that it did. */}
          <span className={cn('text-compact', ink, !loud && 'print:hidden')}>{word}</span>
          <code className={cn('text-muted-foreground text-xs', !loud && 'print:hidden')}>{check.id}</code>
          {!check.trusted && <Badge tone="skipped">Not trusted</Badge>}
        </div>
        <div className="grid gap-1">
          <p className={cn('break-words text-compact', !loud && 'text-muted-foreground print:text-xs')}>
            {shownText(check.message)}
          </p>
          {loud && (check.expected !== undefined || check.received !== undefined) && (
            <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-compact print:grid-cols-[repeat(2,max-content_minmax(0,1fr))]">
              <Pair term="Expected" text={check.expected} />
              <Pair term="Received" text={check.received} />
            </dl>
          )}
          {loud && check.fix && (
            <p className="break-words text-compact">
              <span className="font-medium">To fix it: </span>
              {shownText(check.fix)}
            </p>
          )}
        </div>
      </div>
    </li>
  )
}

const isLoud = ({ status }: ListedCheck) => status === 'fail' || status === 'warn'

function Pair({ term, text }: { term: string; text: string | undefined }) {
  if (text === undefined) return null
  return (
    <>
      <dt className="text-muted-foreground">{shownText(term)}</dt>
      <dd className="break-all font-mono">{shownText(text)}</dd>
    </>
  )
}
