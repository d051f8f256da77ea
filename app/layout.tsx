import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { earlyClicksScript } from '@/components/layout/early-clicks-script'
import { Providers } from '@/components/layout/providers'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Keybound', template: '%s · Keybound' },
  description: 'Decide which JSON Web Tokens to accept.',
  // Search engines must not index a dashboard, whose URLs name internal things.
  robots: { index: false, follow: false },
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#141417' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Set by proxy.ts for each request; the inline theme script needs it.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // next-themes sets the class before hydration, so the difference is expected.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        {/* Browsers hide the nonce from scripts, so it differs from what was rendered. */}
        <script nonce={nonce} suppressHydrationWarning>
          {earlyClicksScript}
        </script>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
