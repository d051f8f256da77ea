// server.ts and cli.ts, what they use of lib/, and the packages they use, as JavaScript: production runs no TypeScript, and finding and
// reading thousands of small files is most of a start otherwise.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
const options = {
  outdir: 'dist',
  bundle: true,
  // What is imported when first needed stays out of the start.
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The pages' framework, native code, and WebAssembly that is read as a file. The last does not exist; pg asks for it.
  external: ['next', '@photostructure/sqlite', '@prisma/schema-engine-wasm', 'pg-native'],
  // Bundled CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
  },
  sourcemap: true,
  logLevel: 'warning',
}
await Promise.all([
  build({
    ...options,
    // The threads that write logins (lib/db/login-store) and read for pages (lib/db/sqlite) are programs of their own.
    entryPoints: [
      { in: 'server.ts', out: 'server' },
      { in: 'lib/db/login-store/sqlite-thread.ts', out: 'sqlite-thread' },
      { in: 'lib/db/sqlite/reader-thread.ts', out: 'sqlite-reader' },
    ],
  }),
  // By itself: what the two share would be cut into many small files, which the server's start would read.
  build({ ...options, entryPoints: [{ in: 'cli.ts', out: 'cli' }], chunkNames: 'cli-[name]-[hash]' }),
  // The thread that analyses trusts (lib/analysis-thread), which is started when it is needed.
  build({
    ...options,
    entryPoints: [{ in: 'lib/analysis-thread/thread.ts', out: 'analysis-thread' }],
    chunkNames: 'analysis-[name]-[hash]',
  }),
])
