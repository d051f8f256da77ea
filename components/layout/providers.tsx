'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { Toaster } from '@/components/ui/toaster'
import { QueryProvider } from '@/lib/client/query-client'
import { EarlyClicks } from './early-clicks'

/** What is around every page: theme, query cache, toasts, and clicks that came early. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <QueryProvider>{children}</QueryProvider>
      <Toaster />
      <EarlyClicks />
    </ThemeProvider>
  )
}
