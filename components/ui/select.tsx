'use client'

import { ChevronDown } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { useTabIndex } from './in-row'
import { controlStyles } from './input'
import { OnDemand } from './on-demand'
import { overlays } from './overlays'
import { SelectList, type SelectOption } from './select-list'
import { shownText } from './shown'

export type { SelectOption }

/** Select. A value is never the empty string (Radix reserves it). Needs a label by `id`, or `aria-label`. */
export function Select({
  options,
  value,
  onValueChange,
  placeholder = 'Choose…',
  className,
  ref,
  'aria-label': label,
  ...trigger
}: {
  options: readonly SelectOption[]
  value: string | undefined
  onValueChange: (value: string) => void
  placeholder?: string
} & Omit<ComponentProps<'button'>, 'value' | 'children'>) {
  const [isOpen, setOpen] = useState(false)
  const tabIndex = useTabIndex()
  const button = useRef<HTMLButtonElement>(null)
  const typed = useTyped(options, value, onValueChange)
  const chosen = options.find((option) => option.value === value)
  return (
    <>
      <button
        tabIndex={tabIndex}
        {...trigger}
        ref={(element) => {
          button.current = element
          return handOn(ref, element)
        }}
        type="button"
        role="combobox"
        aria-autocomplete="none"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-label={visibleText(label)}
        data-placeholder={chosen ? undefined : ''}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setOpen(true)
          } else typed(event)
        }}
        className={cn(
          controlStyles,
          'flex h-8 items-center justify-between gap-2 text-left data-[placeholder]:text-muted-foreground',
          className,
        )}
      >
        <span className="truncate">{chosen ? shownText(chosen.label) : shownText(placeholder)}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </button>
      {isOpen && (
        <OnDemand of={overlays} onGiveUp={() => setOpen(false)}>
          {() => (
            <SelectList
              button={button}
              options={options}
              value={value}
              onValueChange={onValueChange}
              onClose={() => setOpen(false)}
            />
          )}
        </OnDemand>
      )}
    </>
  )
}

function handOn(ref: Ref<HTMLButtonElement> | undefined, element: HTMLButtonElement | null) {
  if (typeof ref === 'function') return ref(element)
  if (ref) ref.current = element
}

const pauseMs = 1000

/** Chooses by what is typed on the closed select: the next option that begins with it. */
function useTyped(
  options: readonly SelectOption[],
  value: string | undefined,
  onValueChange: (value: string) => void,
): (event: KeyboardEvent) => void {
  const before = useRef({ text: '', atMs: 0 })
  return (event) => {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return
    const { text, atMs } = before.current
    const typed = (event.timeStamp - atMs < pauseMs ? text : '') + event.key.toLowerCase()
    before.current = { text: typed, atMs: event.timeStamp }
    // One letter again and again leads through those that begin with it.
    const isOneLetter = [...typed].every((letter) => letter === typed[0])
    const wanted = isOneLetter ? typed.charAt(0) : typed
    const at = options.findIndex((option) => option.value === value)
    const from = isOneLetter ? at + 1 : Math.max(at, 0)
    const found = [...options.slice(from), ...options.slice(0, from)].find(
      ({ label, disabled }) => !disabled && label.toLowerCase().startsWith(wanted),
    )
    if (found && found.value !== value) onValueChange(found.value)
  }
}
