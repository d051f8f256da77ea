#!/usr/bin/env node
// npx keybound COMMAND: makes what is not made yet, then runs dist/cli.js in this very process.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, generate, install, main, root } from './steps.mjs'

// File names are the caller's; npx may have been called from a folder below.
const folder = process.env.INIT_CWD ?? process.cwd()

await main(async () => {
  install()
  generate()
  await bundle()
  const cli = await import(pathToFileURL(path.join(root, 'dist/cli.js')).href)
  await cli.main(process.argv.slice(2), folder)
})
