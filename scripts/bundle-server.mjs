// server.ts, what it uses of lib/, and the packages they use, as JavaScript: production runs no TypeScript, and finding and
// reading thousands of small files is most of a start otherwise.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: ['server.ts'],
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
})
