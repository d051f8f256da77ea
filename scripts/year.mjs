// npm run year -- --logins 1000: what a year of logins takes on PostgreSQL. docs/scaling.md shows it; CONTRIBUTING.md says more.
import { generate, install, main } from './steps.mjs'

await main(async () => {
  install()
  generate()
  const { tsImport } = await import('tsx/esm/api')
  const { year } = await tsImport('./year/year.ts', import.meta.url)
  process.exit(await year(process.argv.slice(2)))
})
