'use client'

import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Shown } from '@/components/ui/shown'
import type { FixOption } from './fix-options'
import { fixTitles } from './fix-titles'

/** What can be done about a failed check: the change is shown as old and new before it is made. */
export function FixChips({
  options,
  onChange,
}: {
  options: readonly FixOption[]
  onChange?: (option: FixOption) => void
}) {
  const [open, setOpen] = useState<FixOption['kind'] | null>(null)
  const offered = options.filter(({ kind }) => kind === 'pipeline' || onChange)
  const shown = offered.find(({ kind }) => kind === open)
  if (offered.length === 0) return null
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-1.5">
        {offered.map(({ kind }) => (
          <Button
            key={kind}
            size="sm"
            aria-expanded={kind === open}
            onClick={() => setOpen(kind === open ? null : kind)}
          >
            {fixTitles[kind]}
          </Button>
        ))}
      </div>
      {shown?.kind === 'pipeline' && (
        <div className="grid gap-2 text-compact">
          <p className="break-words">
            <Shown text={shown.advice} />
          </p>
          {shown.snippets.map(({ title, code }) => (
            <div key={title} className="grid gap-1">
              <p className="text-muted-foreground">{title}</p>
              <CodeBlock label={title} code={code} wrap />
            </div>
          ))}
        </div>
      )}
      {shown && shown.kind !== 'pipeline' && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-compact">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 break-all font-mono">
            <Shown text={shown.before} />
            <ArrowRight role="img" aria-label="becomes" className="size-3.5 shrink-0 text-muted-foreground" />
            <Shown text={shown.after} />
          </span>
          <Button
            size="sm"
            variant="primary"
            onClick={() => {
              setOpen(null)
              onChange?.(shown)
            }}
          >
            {fixTitles[shown.kind]}
          </Button>
        </div>
      )}
    </div>
  )
}
