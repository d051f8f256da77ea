// npm run bench [-- --quick] [--only=login,lists,…]: measures this server beside its peers on this machine. CONTRIBUTING.md says more.
import { tmpdir } from 'node:os'
import { build, generate, install, main } from './steps.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

await main(async () => {
  install()
  generate()
  await build()
  process.env.TMPDIR = temporaryFolder(tmpdir())
  const { tsImport } = await import('tsx/esm/api')
  const { bench } = await tsImport('./bench/bench.ts', import.meta.url)
  process.exit(await bench(process.argv.slice(2)))
})
