import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Shared look of everything one types into. */
export const controlStyles =
  'w-full min-w-0 rounded-md border border-input bg-surface px-2.5 text-sm transition-colors hover:border-foreground/60 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-refused'

/** A line of text. `mono` for ids, claims, keys and URLs, which also turns off the browser's spelling help. */
export function Input({ className, mono = false, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return (
    <input
      className={cn(controlStyles, 'h-8 read-only:bg-muted', mono && 'font-mono text-compact', className)}
      {...(mono ? plainTyping : {})}
      {...rest}
    />
  )
}

/** A key or a URL is not prose: no spelling, no capitals, no autocorrection. */
export const plainTyping = { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off', autoComplete: 'off' }
