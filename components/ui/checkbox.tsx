'use client'

import { Check } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Checkbox. Needs a `<Label htmlFor>` or an `aria-label`. */
export function Checkbox({
  checked = false,
  onCheckedChange,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { checked?: boolean; onCheckedChange?: (checked: boolean) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: painted by its own rules, also in forced colours
    <button
      type="button"
      role="checkbox"
      aria-checked={checked}
      data-state={checked ? 'checked' : 'unchecked'}
      onClick={() => onCheckedChange?.(!checked)}
      // Space alone checks (WAI-ARIA).
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      className={cn(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-input bg-surface text-accent-foreground disabled:opacity-55 aria-invalid:border-refused data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        className,
      )}
      {...rest}
    >
      {checked && <Check aria-hidden className="size-3.5" />}
    </button>
  )
}
