'use client'

import { Plus, Trash2 } from 'lucide-react'
import { FrozenMark } from '@/components/layout/frozen-trust'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { SubjectMigration } from '@/lib/client/subject-migration'
import { trustHref } from '@/lib/client/trust-href'
import { stateWords, usedWords } from './state-words'

/** A trust on the board: its state, its subjects, in which forms tokens came, and the next step. */
export function MigrationCard({
  trust,
  onStep,
  isBusy,
}: {
  trust: SubjectMigration
  /** Absent for readers. */
  onStep?: (trust: SubjectMigration) => void
  isBusy: boolean
}) {
  const { state, subjects, uses, step, hindrance, enabled } = trust
  const { tone, icon, word, sentence } = stateWords[state]
  const name = trust.identityName ?? trust.name
  const href = trustHref({ id: trust.trustId, kind: trust.method, identityId: trust.identityId })
  return (
    <li
      data-trust={trust.trustId}
      data-state={state}
      className="grid gap-2 rounded-lg border bg-surface p-3 text-compact"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="min-w-0 flex-1 break-words font-medium">
          {href ? (
            <Link href={href} className="rounded-sm hover:text-accent-text">
              {shownText(name)}
            </Link>
          ) : (
            shownText(name)
          )}
        </h3>
        {!enabled && <Badge tone="attention">switched off</Badge>}
        <FrozenMark of={{ trustId: trust.trustId }} />
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </div>
      <p className="text-muted-foreground">{sentence}</p>
      {subjects.length > 0 && <Values values={subjects} label="Subjects" />}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        <Use label="Names alone" use={uses.classic} />
        <Use label="With ids" use={uses.immutable} />
      </dl>
      {step && (
        <div className="grid gap-1.5 border-t pt-2">
          <Values
            values={step.values}
            label={step.change === 'add-immutable' ? 'Adds' : 'Removes'}
            sign={step.change === 'add-immutable' ? '+' : '−'}
          />
          {onStep && (
            <Button size="sm" className="justify-self-start" busy={isBusy} onClick={() => onStep(trust)}>
              {step.change === 'add-immutable' ? <Plus aria-hidden /> : <Trash2 aria-hidden />}
              {step.change === 'add-immutable' ? 'Accept the form with ids' : 'Remove the old form'}
              <span className="sr-only"> of {shownText(name)}</span>
            </Button>
          )}
        </div>
      )}
      {hindrance && <p className="border-t pt-2 text-muted-foreground">{shownText(hindrance)}</p>}
    </li>
  )
}

function Values({ values, label, sign }: { values: readonly string[]; label: string; sign?: string }) {
  return (
    <ul aria-label={label} className="grid gap-0.5">
      {values.slice(0, valuesMax).map((value) => (
        <li key={value} className="break-all font-mono text-xs">
          {sign && <span aria-hidden>{sign} </span>}
          {shownText(value)}
        </li>
      ))}
      {values.length > valuesMax && (
        <li className="text-muted-foreground text-xs">and {values.length - valuesMax} more</li>
      )}
    </ul>
  )
}

const valuesMax = 5

function Use({ label, use }: { label: string; use: SubjectMigration['uses']['classic'] }) {
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd>
        {usedWords(use)}
        {use.lastAt && (
          <>
            , last <TimeAgo at={use.lastAt} />
          </>
        )}
      </dd>
    </>
  )
}
