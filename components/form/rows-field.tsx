'use client'

import { Plus } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { shownText } from '@/components/ui/shown'
import { errorSentence } from './error-sentence'
import { FieldError } from './form-field'
import { KeyValueInputs } from './key-value-inputs'
import { isDuplicateKey, type KeyValueRow, mergeRows, rowsFromJson, toRows } from './key-value-rows'
import { type FieldProps, useField } from './use-field'

/**
 * Key-value rows in a form (`KeyValueRow[]`; its schema is `KeyValueRows`). Enter in a value adds a row, Backspace in
 * an empty row removes it, a pasted JSON object becomes rows, and a repeated key is refused as it is typed.
 */
export function RowsField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  keyLabel,
  valueLabel,
  keyPlaceholder,
  valuePlaceholder,
  addLabel,
}: FieldProps<Values, Context, Output> & {
  /** "Claim", "Key". */
  keyLabel: string
  valueLabel: string
  keyPlaceholder?: string
  valuePlaceholder?: string
  /** "Add claim". */
  addLabel: string
}) {
  const { value, error, errors, onChange, onBlur, ref } = useField({ control, name })
  const [problem, setProblem] = useState<string | null>(null)
  const box = useRef<HTMLFieldSetElement>(null)
  const id = useId()
  const rows = toRows(value)
  const ownError = Array.isArray(errors) ? null : error

  /** `focus` is the row whose key gets the focus once it is rendered; past the end, the add button. */
  function set(next: KeyValueRow[], focus?: number) {
    setProblem(null)
    onChange(next)
    if (focus === undefined) return
    requestAnimationFrame(() => {
      const keys = box.current?.querySelectorAll<HTMLElement>('[data-row-key]')
      const target = keys?.[Math.min(focus, keys.length - 1)] ?? box.current?.querySelector<HTMLElement>('[data-add]')
      target?.focus()
    })
  }

  const add = () => set([...rows, { key: '', value: '' }], rows.length)
  const remove = (at: number) =>
    set(
      rows.filter((_, index) => index !== at),
      Math.max(0, at - 1),
    )
  const change = (at: number, part: Partial<KeyValueRow>) =>
    set(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))

  function onKeyDown(event: KeyboardEvent, at: number) {
    if (event.nativeEvent.isComposing) return
    const row = rows[at]
    if (event.key === 'Enter') {
      event.preventDefault()
      if (row?.key) add()
    } else if (event.key === 'Backspace' && row?.key === '' && row.value === '') {
      event.preventDefault()
      remove(at)
    }
  }

  const newest = { change, remove, onKeyDown }
  const latest = useRef(newest)
  useEffect(() => {
    latest.current = newest
  })
  // The same for all renders, so that a row is rendered only when it is another.
  const [acts] = useState(() => ({
    change: (...args: Parameters<typeof change>) => latest.current.change(...args),
    remove: (at: number) => latest.current.remove(at),
    onKeyDown: (...args: Parameters<typeof onKeyDown>) => latest.current.onKeyDown(...args),
  }))

  function onPaste(event: ClipboardEvent) {
    const read = rowsFromJson(event.clipboardData.getData('text'))
    if (!read) return
    event.preventDefault()
    if ('problem' in read) return setProblem(read.problem)
    const merged = mergeRows(rows, read.rows)
    set(merged, merged.length - 1)
  }

  return (
    <fieldset ref={box} disabled={disabled} onPaste={onPaste} onBlur={onBlur} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 font-medium leading-5">{shownText(label)}</legend>
      {rows.length > 0 && (
        <ul className="grid gap-1.5">
          {rows.map((row, at) => (
            <KeyValueInputs
              key={at}
              at={at}
              id={`${id}-${at}`}
              name={row.key}
              value={row.value}
              problem={
                isDuplicateKey(rows, at)
                  ? `"${row.key}" is in the list already. Change or remove one of the two.`
                  : errorSentence(Array.isArray(errors) ? errors[at] : null)
              }
              acts={acts}
              nameRef={at === 0 ? ref : undefined}
              {...{ keyLabel, valueLabel, keyPlaceholder, valuePlaceholder }}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" data-add ref={rows.length === 0 ? ref : undefined} onClick={add}>
          <Plus aria-hidden />
          {addLabel}
        </Button>
        <p className="text-compact text-muted-foreground">{shownText(help) ?? 'A pasted JSON object becomes rows.'}</p>
      </div>
      {(problem ?? ownError) && <FieldError>{shownText(problem) ?? ownError}</FieldError>}
    </fieldset>
  )
}
