'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Switch with immediate effect. Needs a `<Label htmlFor>` or an `aria-label`. */
export function Switch({
  checked = false,
  onCheckedChange,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { checked?: boolean; onCheckedChange?: (checked: boolean) => void }) {
  const state = checked ? 'checked' : 'unchecked'
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      data-state={state}
      onClick={() => onCheckedChange?.(!checked)}
      className={cn(
        'inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-input bg-muted p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        className,
      )}
      {...rest}
    >
      <span
        data-state={state}
        className="size-3.5 rounded-full bg-input transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-foreground"
      />
    </button>
  )
}
