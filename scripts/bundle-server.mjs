// server.ts and what it uses of lib/, as one file of JavaScript: production runs no TypeScript.
import { build } from 'esbuild'

await build({
  entryPoints: ['server.ts'],
  outfile: 'dist/server.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
})
