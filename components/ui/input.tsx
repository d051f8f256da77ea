import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Shared style of text inputs. */
export const controlStyles =
  'w-full min-w-0 rounded-md border border-input bg-surface px-2.5 text-sm transition-colors hover:border-foreground/60 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-refused'

/** Line of text. `mono` for ids, claims, keys and URLs, which also turns off spell checking. */
export function Input({ className, mono = false, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return (
    <input
      className={cn(controlStyles, 'h-8 read-only:bg-muted', mono && 'font-mono text-compact', className)}
      {...(mono ? plainTyping : {})}
      {...rest}
    />
  )
}

/** Keys and URLs are not prose: no spelling, capitalization or autocorrection. */
export const plainTyping = { spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off', autoComplete: 'off' }
