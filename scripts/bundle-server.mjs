// server.ts and what it uses of lib/, as JavaScript: production runs no TypeScript.
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
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
})
