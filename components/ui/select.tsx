'use client'

import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { controlStyles } from './input'
import { shownText } from './shown'

export type SelectOption = { value: string; label: string; help?: string; disabled?: boolean }

/** Select. A value is never the empty string (Radix reserves it). Needs a label by `id`, or `aria-label`. */
export function Select({
  options,
  value,
  onValueChange,
  placeholder = 'Choose…',
  name,
  disabled,
  className,
  'aria-label': label,
  ...trigger
}: {
  options: readonly SelectOption[]
  value: string | undefined
  onValueChange: (value: string) => void
  placeholder?: string
  name?: string
} & Omit<ComponentProps<typeof Radix.Trigger>, 'value' | 'children'>) {
  const chosen = options.find((option) => option.value === value)
  return (
    <Radix.Root value={value ?? ''} onValueChange={onValueChange} name={name} disabled={disabled}>
      <Radix.Trigger
        className={cn(
          controlStyles,
          'flex h-8 items-center justify-between gap-2 text-left data-[placeholder]:text-muted-foreground',
          className,
        )}
        aria-label={visibleText(label)}
        {...trigger}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder}>{shownText(chosen?.label)}</Radix.Value>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[min(28rem,calc(100vw-1rem))] animate-pop-in overflow-hidden rounded-md border bg-surface shadow-lg"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex cursor-default select-none flex-col rounded-sm py-1.5 pr-3 pl-8 text-sm outline-none data-[disabled]:opacity-55 data-[highlighted]:bg-muted"
              >
                <Radix.ItemIndicator className="absolute top-2 left-2">
                  <Check aria-hidden className="size-4" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{shownText(option.label)}</Radix.ItemText>
                {option.help && <span className="text-muted-foreground text-xs">{shownText(option.help)}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
