// npm run bench [-- --quick] [--only=login,lists,…]: measures this server beside its peers on this machine. CONTRIBUTING.md says more.
import { build, generate, install, main } from './steps.mjs'

await main(async () => {
  install()
  generate()
  await build()
  const { tsImport } = await import('tsx/esm/api')
  const { bench } = await tsImport('./bench/bench.ts', import.meta.url)
  process.exit(await bench(process.argv.slice(2)))
})
