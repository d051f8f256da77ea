// npm start · npm run dev · npm run demo · npm run build: does what is not done yet, then serves from this very process.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build, generate, install, main, root, StepFailed, shown } from './steps.mjs'

await main(async () => {
  const flag = { type: 'boolean' }
  const { values } = parseArgs({ options: { dev: flag, demo: flag, 'build-only': flag } })
  install()
  generate()
  if (!values.dev) await build()
  if (values['build-only']) return
  if (values.demo) await fillDemo()
  // Next reloads pages by itself; what the server is made of is loaded anew in a new process.
  if (values.dev) {
    const watch = ['watch', '--clear-screen=false', 'server.ts', '--dev']
    await shown('tsx/dist/cli.mjs', watch, {}, ['SIGINT', 'SIGTERM'])
    return
  }
  await import(pathToFileURL(path.join(root, 'dist/server.js')).href)
})

/** A database of its own, filled with a realistic organization and thrown away at the end. */
async function fillDemo() {
  const seed = path.join(root, 'scripts/demo.ts')
  if (!existsSync(seed)) throw new StepFailed('There is no scripts/demo.ts to fill the demo with.')
  const folder = mkdtempSync(path.join(tmpdir(), 'keybound-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.env.DATABASE_URL = `file:${path.join(folder, 'keybound.db')}`
  const { tsImport } = await import('tsx/esm/api')
  const { migrate } = await tsImport('../lib/db/migrate.ts', import.meta.url)
  await migrate(process.env.DATABASE_URL)
  await tsImport('./demo.ts', import.meta.url)
}
