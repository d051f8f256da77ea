'use client'

import { RadioGroup as Radix } from 'radix-ui'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './cn'
import { shownText } from './shown'

export type RadioOption = { value: string; label: string; help?: ReactNode; disabled?: boolean }

/** Radio group. Needs `aria-label` or `aria-labelledby`. */
export function RadioGroup({
  options,
  className,
  ...rest
}: Omit<ComponentProps<typeof Radix.Root>, 'children'> & { options: readonly RadioOption[] }) {
  const id = useId()
  return (
    <Radix.Root className={cn('flex flex-wrap gap-x-6 gap-y-2', className)} {...rest}>
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <Radix.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.disabled}
            aria-describedby={option.help ? `${id}-${option.value}-help` : undefined}
            className="mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-input bg-surface disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
          >
            <Radix.Indicator className="size-1.5 rounded-full bg-accent-foreground" />
          </Radix.Item>
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
      ))}
    </Radix.Root>
  )
}
