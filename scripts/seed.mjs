// npm run seed -- --identities 100000 --decisions 1000000: fills the database of DATABASE_URL. CONTRIBUTING.md says more.
import { generate, install, main } from './steps.mjs'

await main(async () => {
  install()
  generate()
  const { tsImport } = await import('tsx/esm/api')
  const { seed } = await tsImport('./seed/seed.ts', import.meta.url)
  process.exit(await seed(process.argv.slice(2)))
})
