'use client'

import { Check, Minus } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Checkbox; `checked="indeterminate"` for some of many. Needs a `<Label htmlFor>` or an `aria-label`. */
export function Checkbox({
  checked = false,
  onCheckedChange,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & {
  checked?: boolean | 'indeterminate'
  onCheckedChange?: (checked: boolean) => void
}) {
  const isMixed = checked === 'indeterminate'
  return (
    // biome-ignore lint/a11y/useSemanticElements: painted by its own rules, also in forced colours
    <button
      type="button"
      role="checkbox"
      aria-checked={isMixed ? 'mixed' : checked}
      data-state={isMixed ? checked : checked ? 'checked' : 'unchecked'}
      onClick={() => onCheckedChange?.(isMixed || !checked)}
      // Space alone checks (WAI-ARIA).
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      className={cn(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-input bg-surface text-accent-foreground disabled:opacity-55 aria-invalid:border-refused data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
        className,
      )}
      {...rest}
    >
      {isMixed ? <Minus aria-hidden className="size-3.5" /> : checked && <Check aria-hidden className="size-3.5" />}
    </button>
  )
}
