import type { ReactNode } from 'react'

/** A keyboard key. */
export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-muted px-1 text-[0.6875rem] text-muted-foreground">
    {children}
  </kbd>
)
