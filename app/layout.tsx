import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '@/components/layout/providers'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Keybound', template: '%s · Keybound' },
  description: 'Decide which JSON Web Tokens to believe.',
  // An admin dashboard is nobody's search result, and its addresses name internal things.
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
  // Made by proxy.ts for each request; the theme script is inline and runs only with it.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // next-themes sets the class before React wakes: the difference is meant.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
