'use client'

import { type ComponentProps, type KeyboardEvent, type ReactNode, type Ref, useId } from 'react'
import { cn } from './cn'
import { stepOf, turned } from './roving'
import { shownText } from './shown'

export type RadioOption = { value: string; label: string; help?: ReactNode; disabled?: boolean }

/** Radio group: one Tab stop, arrow keys choose. Needs `aria-label` or `aria-labelledby`. */
export function RadioGroup({
  options,
  value,
  onValueChange,
  disabled = false,
  ref,
  className,
  ...rest
}: Omit<ComponentProps<'div'>, 'children' | 'ref'> & {
  options: readonly RadioOption[]
  value?: string
  onValueChange?: (value: string) => void
  disabled?: boolean
  /** The option that Tab reaches. */
  ref?: Ref<HTMLButtonElement>
}) {
  const id = useId()
  const usable = options.filter((option) => !option.disabled)
  const stop = (usable.find((option) => option.value === value) ?? usable[0])?.value

  function onKeyDown(event: KeyboardEvent) {
    // Enter chooses nothing in a group of radio buttons (WAI-ARIA).
    if (event.key === 'Enter') event.preventDefault()
    const step = stepOf(event.key)
    if (step === null || disabled) return
    event.preventDefault()
    const next = turned(usable, (option) => option.value === stop, step)
    if (!next) return
    onValueChange?.(next.value)
    document.getElementById(`${id}-${next.value}`)?.focus()
  }

  return (
    <div role="radiogroup" className={cn('flex flex-wrap gap-x-6 gap-y-2', className)} {...rest}>
      {options.map((option) => {
        const state = option.value === value ? 'checked' : 'unchecked'
        return (
          <div key={option.value} className="flex items-start gap-2">
            {/* biome-ignore lint/a11y/useSemanticElements: painted by its own rules, also in forced colours */}
            <button
              type="button"
              role="radio"
              id={`${id}-${option.value}`}
              ref={option.value === stop ? ref : undefined}
              tabIndex={option.value === stop ? 0 : -1}
              aria-checked={option.value === value}
              data-state={state}
              disabled={disabled || option.disabled}
              aria-describedby={option.help ? `${id}-${option.value}-help` : undefined}
              onClick={() => onValueChange?.(option.value)}
              onKeyDown={onKeyDown}
              className="mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-input bg-surface disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
            >
              {option.value === value && (
                <span data-state={state} className="size-1.5 rounded-full bg-accent-foreground" />
              )}
            </button>
            <div>
              <label htmlFor={`${id}-${option.value}`} className="block text-sm leading-5">
                {shownText(option.label)}
              </label>
              {option.help && (
                <p id={`${id}-${option.value}-help`} className="text-compact text-muted-foreground">
                  {shownText(option.help)}
                </p>
              )}
            </div>
          </div>
        )
      })}
    </div>
  )
}
