'use client'

import { X } from 'lucide-react'
import { type KeyboardEvent, memo, type Ref } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { shownText } from '@/components/ui/shown'
import { visibleText } from '@/lib/trust/unseen'
import { FieldError } from './form-field'
import type { KeyValueRow } from './key-value-rows'

/** One row of a `RowsField`. Of fifty, a keystroke renders the one that it changes. */
export const KeyValueInputs = memo(function KeyValueInputs({
  at,
  id,
  name,
  value,
  problem,
  acts,
  nameRef,
  keyLabel,
  valueLabel,
  keyPlaceholder,
  valuePlaceholder,
}: {
  at: number
  /** Of the problem. */
  id: string
  name: string
  value: string
  problem: string | null
  /** The same object for all renders. */
  acts: {
    change: (at: number, part: Partial<KeyValueRow>) => void
    remove: (at: number) => void
    onKeyDown: (event: KeyboardEvent, at: number) => void
  }
  nameRef: Ref<HTMLInputElement> | undefined
  keyLabel: string
  valueLabel: string
  keyPlaceholder: string | undefined
  valuePlaceholder: string | undefined
}) {
  const wiring = {
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': problem ? id : undefined,
  } as const
  return (
    <li className="grid gap-1">
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-1.5">
        <Input
          mono
          {...wiring}
          data-row-key
          ref={nameRef}
          aria-label={`${keyLabel} ${at + 1}`}
          placeholder={keyPlaceholder}
          value={name}
          onChange={(event) => acts.change(at, { key: event.target.value })}
          onKeyDown={(event) => acts.onKeyDown(event, at)}
        />
        <Input
          mono
          {...wiring}
          aria-label={`${valueLabel} of ${visibleText(name) || `row ${at + 1}`}`}
          placeholder={valuePlaceholder}
          value={value}
          onChange={(event) => acts.change(at, { value: event.target.value })}
          onKeyDown={(event) => acts.onKeyDown(event, at)}
        />
        <IconButton label={`Remove ${name || `row ${at + 1}`}`} onClick={() => acts.remove(at)}>
          <X aria-hidden />
        </IconButton>
      </div>
      {problem && <FieldError id={id}>{shownText(problem)}</FieldError>}
    </li>
  )
})
