'use client'

import { X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { cn } from '@/components/ui/cn'
import { controlStyles, plainTyping } from '@/components/ui/input'
import { shownText } from '@/components/ui/shown'
import { visibleText } from '@/lib/trust/unseen'
import { addEntries, type EntryCheck } from './add-entries'
import { FormField } from './form-field'
import { splitList } from './split-list'
import { type FieldProps, toTexts, useField } from './use-field'

/** More entries are folded until they are asked for. */
const shownMax = 10

/**
 * List of short texts in a form (`string[]`), by keyboard: Enter adds, Backspace in the empty box removes the last, a
 * pasted list is split. Text that is not added yet is added on blur, so that saving does not lose it.
 */
export function ChipsField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  placeholder,
  check,
}: FieldProps<Values, Context, Output> & { placeholder?: string; check?: EntryCheck }) {
  const { value, error, errors, onChange, onBlur, ref } = useField({ control, name })
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const entries = toTexts(value)
  const [isUnfolded, setUnfolded] = useState(false)
  const isFolded = entries.length > shownMax && !isUnfolded && !entries.some((_, at) => hasErrorAt(errors, at))

  function add(added: string[]) {
    const result = addEntries(entries, added, check)
    const count = result.list.length - entries.length
    if (count > 0) {
      onChange(result.list)
      setSaid(count === 1 ? `Added ${result.list.at(-1)}` : `Added ${count}`)
    }
    setText(result.refused.map((entry) => entry.replaceAll(',', '\\,')).join(', '))
    setProblem(result.problem)
  }

  function remove(at: number) {
    onChange(entries.filter((_, index) => index !== at))
    setSaid(`Removed ${entries[at]}`)
    setProblem(null)
    input.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      // Does not submit the form: Enter is easily pressed once too often.
      event.preventDefault()
      if (text.trim()) add(splitList(text))
    } else if (event.key === 'Backspace' && text === '' && entries.length > 0) {
      // What it removes is seen first.
      if (isFolded) setUnfolded(true)
      else remove(entries.length - 1)
    }
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = splitList(event.clipboardData.getData('text'))
    if (pasted.length < 2) return
    event.preventDefault()
    add(pasted)
  }

  return (
    <FormField label={label} help={help} error={problem ?? error}>
      {(wiring) => (
        <div
          className={cn(
            controlStyles,
            'flex min-h-8 flex-wrap items-center gap-1 px-1 py-0.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-ring',
            wiring['aria-invalid'] && 'border-refused',
            // A surrounding fieldset may disable it as well.
            'has-[input:disabled]:cursor-not-allowed has-[input:disabled]:bg-muted',
          )}
        >
          {entries.length > 0 && (
            <ul id={listId} aria-label={visibleText(label)} className="contents">
              {(isFolded ? entries.slice(0, shownMax) : entries).map((entry, at) => (
                <li
                  key={entry}
                  className={cn(
                    'flex h-6 max-w-full items-center rounded-sm bg-muted pl-2 font-mono text-compact',
                    hasErrorAt(errors, at) && 'bg-refused-subtle text-refused',
                  )}
                >
                  <span className="truncate" title={visibleText(entry)}>
                    {shownText(entry)}
                  </span>
                  <button
                    type="button"
                    aria-label={`Remove ${visibleText(entry)}`}
                    disabled={disabled}
                    onClick={() => remove(at)}
                    onKeyDown={(event) => {
                      if (event.key === 'Backspace' || event.key === 'Delete') remove(at)
                    }}
                    className="ml-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground hover:text-foreground disabled:hidden"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          {isFolded && (
            <button
              type="button"
              onClick={() => setUnfolded(true)}
              className="h-6 rounded-sm px-1.5 text-accent-text text-compact hover:underline"
            >
              and {entries.length - shownMax} more
            </button>
          )}
          <input
            {...wiring}
            {...plainTyping}
            ref={(element) => {
              input.current = element
              ref(element)
            }}
            disabled={disabled}
            value={text}
            placeholder={entries.length === 0 ? visibleText(placeholder) : undefined}
            onChange={(event) => {
              setText(event.target.value)
              setProblem(null)
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => {
              if (text.trim()) add(splitList(text))
              onBlur()
            }}
            className="h-6 min-w-24 flex-1 bg-transparent px-1.5 font-mono text-compact focus-visible:outline-none"
          />
          <span aria-live="polite" className="sr-only">
            {shownText(said)}
          </span>
        </div>
      )}
    </FormField>
  )
}

const hasErrorAt = (errors: unknown, at: number): boolean => Array.isArray(errors) && Boolean(errors[at])
