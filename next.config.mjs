// Plain JavaScript: of TypeScript, every start would compile it anew.
/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // No page has an image that needs it; as an endpoint it would fetch and decode what strangers name.
  images: { unoptimized: true },
  // Loading every page is a fifth of a start; the first visit of a page loads it in some ten milliseconds.
  experimental: { preloadEntriesOnStart: false },
  // `npm run verify` checks them; who only starts the server need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly beside the code, and what must exist once in the process: Node loads these itself.
  serverExternalPackages: [
    '@photostructure/sqlite',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pino',
    'prom-client',
  ],
}
