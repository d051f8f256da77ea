import type { NextConfig } from 'next'

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

export default {
  poweredByHeader: false,
  // `npm run verify` checks them; who only starts the server need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly beside the code, and what must exist once in the process: Node loads these itself.
  serverExternalPackages: [
    'better-sqlite3',
    '@prisma/adapter-better-sqlite3',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pino',
    'prom-client',
  ],
  // The proxy sets the Content-Security-Policy of pages; server.ts adds HSTS when PUBLIC_URL is https.
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
} satisfies NextConfig
