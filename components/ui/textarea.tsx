import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlStyles, plainTyping } from './input'

/** Multi-line text; grows with its content. `mono` for keys, tokens and JSON. */
export function Textarea({ className, mono = false, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return (
    <textarea
      className={cn(
        controlStyles,
        'field-sizing-content min-h-20 read-only:bg-muted py-1.5 leading-5',
        mono && 'break-all font-mono text-compact',
        className,
      )}
      {...(mono ? plainTyping : {})}
      {...rest}
    />
  )
}
