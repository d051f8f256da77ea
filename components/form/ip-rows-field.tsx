'use client'

import { Plus, X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { shownText } from '@/components/ui/shown'
import { IpRange } from '@/lib/trust/ip-range'
import { visibleText } from '@/lib/trust/unseen'
import { errorSentence } from './error-sentence'
import { FieldError } from './form-field'
import { splitList } from './split-list'
import { type FieldProps, toTexts, useField } from './use-field'

/**
 * IP addresses and CIDR ranges in a form (`string[]`), one per row, each validated as it is typed. Enter adds a row,
 * Backspace in an empty one removes it, a pasted list is split.
 */
export function IpRowsField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  placeholder = '10.0.0.0/8',
}: FieldProps<Values, Context, Output> & { placeholder?: string }) {
  const { value, error, errors, onChange, onBlur, ref } = useField({ control, name })
  const box = useRef<HTMLFieldSetElement>(null)
  const id = useId()
  const rows = toTexts(value)

  function set(next: string[], focus?: number) {
    onChange(next)
    if (focus === undefined) return
    requestAnimationFrame(() => {
      const inputs = box.current?.querySelectorAll('input')
      const target =
        inputs?.[Math.min(focus, inputs.length - 1)] ?? box.current?.querySelector<HTMLElement>('[data-add]')
      target?.focus()
    })
  }

  const add = (at: number) => set([...rows.slice(0, at), '', ...rows.slice(at)], at)
  const remove = (at: number) =>
    set(
      rows.filter((_, index) => index !== at),
      Math.max(0, at - 1),
    )

  function onKeyDown(event: KeyboardEvent, at: number) {
    if (event.key === 'Enter') {
      event.preventDefault()
      if (rows[at]) add(at + 1)
    } else if (event.key === 'Backspace' && rows[at] === '') {
      event.preventDefault()
      remove(at)
    }
  }

  function onPaste(event: ClipboardEvent, at: number) {
    const pasted = splitList(event.clipboardData.getData('text').replaceAll(/[ \t;]+/g, ','))
    if (pasted.length < 2) return
    event.preventDefault()
    const kept = rows.filter((row, index) => index !== at || row !== '')
    const next = [...new Set([...kept, ...pasted])]
    set(next, next.length - 1)
  }

  return (
    <fieldset ref={box} disabled={disabled} onBlur={onBlur} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 font-medium leading-5">{shownText(label)}</legend>
      {rows.length > 0 && (
        <ul className="grid gap-1.5">
          {rows.map((row, at) => {
            const sentence = rangeProblem(rows, at) ?? errorSentence(Array.isArray(errors) ? errors[at] : null)
            return (
              <li key={at} className="grid gap-1">
                <div className="flex gap-1.5">
                  <Input
                    mono
                    ref={at === 0 ? ref : undefined}
                    aria-label={`${visibleText(label)} ${at + 1}`}
                    aria-invalid={sentence ? true : undefined}
                    aria-describedby={sentence ? `${id}-${at}` : undefined}
                    placeholder={placeholder}
                    value={row}
                    onChange={(event) =>
                      set(rows.map((old, index) => (index === at ? event.target.value.trim() : old)))
                    }
                    onKeyDown={(event) => onKeyDown(event, at)}
                    onPaste={(event) => onPaste(event, at)}
                  />
                  <IconButton label={`Remove ${row || `row ${at + 1}`}`} onClick={() => remove(at)}>
                    <X aria-hidden />
                  </IconButton>
                </div>
                {sentence && <FieldError id={`${id}-${at}`}>{shownText(sentence)}</FieldError>}
              </li>
            )
          })}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" data-add ref={rows.length === 0 ? ref : undefined} onClick={() => add(rows.length)}>
          <Plus aria-hidden />
          Add range
        </Button>
        {help && <p className="text-compact text-muted-foreground">{shownText(help)}</p>}
      </div>
      {!Array.isArray(errors) && error && <FieldError>{shownText(error)}</FieldError>}
    </fieldset>
  )
}

/** An empty row is no error while typing; the schema refuses it on save. */
function rangeProblem(rows: readonly string[], at: number): string | null {
  const row = rows[at]
  if (!row) return null
  if (rows.indexOf(row) < at) return `"${row}" is in the list already.`
  return IpRange.safeParse(row).error?.issues[0]?.message ?? null
}
