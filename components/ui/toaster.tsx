'use client'

import { useTheme } from 'next-themes'
import { type ExternalToast, Toaster as Sonner, toast as sonner } from 'sonner'
import { visibleText } from '@/lib/trust/unseen'

type Options = Omit<ExternalToast, 'description'> & { description?: string | undefined }

/**
 * Toasts for completed acts: `toast.success('Identity created')`. Errors of a form belong in the form. Hidden
 * characters are shown as code points.
 */
export const toast = {
  success: (title: string, options?: Options) => sonner.success(visibleText(title), visible(options)),
  error: (title: string, options?: Options) => sonner.error(visibleText(title), visible(options)),
}

const visible = ({ description, ...rest }: Options = {}): ExternalToast => ({
  ...rest,
  ...(description === undefined ? {} : { description: visibleText(description) }),
})

/** Used once, in the root layout. */
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
