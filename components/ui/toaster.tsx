'use client'

import { useTheme } from 'next-themes'
import { Toaster as Sonner } from 'sonner'

/** Says that something was done: `toast.success('Identity created')`. Errors of a form belong in the form. */
export { toast } from 'sonner'

/** Stands once, in the root layout. */
export function Toaster() {
  const { resolvedTheme } = useTheme()
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: '!rounded-md !border-border !bg-surface !font-sans !text-foreground !text-sm !shadow-lg',
          description: '!text-muted-foreground',
          actionButton: '!bg-accent !text-accent-foreground',
          success: '[&_[data-icon]]:!text-accepted',
          error: '[&_[data-icon]]:!text-refused',
          warning: '[&_[data-icon]]:!text-attention',
        },
      }}
    />
  )
}
