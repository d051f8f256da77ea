// npm test: every check and every test, from a fresh clone, closed by one line with the totals.
//   node scripts/test.mjs [--unit] [--contract] [--e2e] [--db=sqlite|postgresql] [part of a file name …]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build, generate, install, main, StepFailed, shown } from './steps.mjs'
import { checks } from './verify.mjs'

await main(async () => {
  const flag = { type: 'boolean' }
  const { values, positionals: filters } = parseArgs({
    options: { unit: flag, contract: flag, e2e: flag, db: { type: 'string' } },
    allowPositionals: true,
  })
  if (values.db && !['sqlite', 'postgresql'].includes(values.db)) {
    throw new StepFailed('--db must be sqlite or postgresql.')
  }
  const isEverything = !values.unit && !values.contract && !values.e2e
  const total = { passed: 0, failed: 0, skipped: 0 }

  install()
  generate()
  if (isEverything && filters.length === 0) {
    for (const { name, run } of checks) {
      console.log(`\n${name}`)
      if (!(await run())) total.failed += 1
    }
  }

  const postgresql = await startPostgresql()
  try {
    const project = values.db ? [`--project=${values.db}`] : []
    if (isEverything || values.unit) add(total, await vitest('Unit tests', filters, []))
    if (isEverything || values.contract || values.e2e) {
      if (!isBuilt()) total.failed += 1
      else {
        const contract = ['--config', 'e2e/vitest.config.ts', ...project]
        if (isEverything || values.contract) add(total, await vitest('Contract tests', filters, contract))
        if (isEverything || values.e2e) add(total, await playwright('End-to-end tests', filters, project))
      }
    }
  } finally {
    await postgresql.stop()
  }

  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
})

/** One server for the whole run; every test that wants PostgreSQL makes a database of its own on it. */
async function startPostgresql() {
  const { tsImport } = await import('tsx/esm/api')
  const fixture = await tsImport('../e2e/fixtures/postgresql.ts', import.meta.url)
  const { makeTemplates } = await tsImport('../e2e/fixtures/new-database.ts', import.meta.url)
  const server = await fixture.startPostgresql()
  process.env[fixture.sharedServerVariable] = server.url
  const folder = mkdtempSync(path.join(tmpdir(), 'keybound-templates-'))
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(1)))
  await makeTemplates(folder, server)
  return { stop }
}

function isBuilt() {
  try {
    build()
    return true
  } catch (error) {
    console.error(error.message)
    return false
  }
}

async function vitest(name, filters, args) {
  return suite(name, (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const some = filters.length > 0 ? ['--passWithNoTests'] : []
    return shown('vitest/vitest.mjs', ['run', ...args, ...reporters, ...some, ...filters])
  }).then(({ isGreen, report }) => {
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report
    return counted(isGreen, numPassedTests, numFailedTests, numPendingTests + numTodoTests)
  })
}

async function playwright(name, filters, args) {
  return suite(name, (report) => {
    const some = filters.length > 0 ? ['--pass-with-no-tests'] : []
    const variables = { PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    return shown('@playwright/test/cli.js', ['test', '--reporter=list,json', ...args, ...some, ...filters], variables)
  }).then(({ isGreen, report }) => {
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {}
    return counted(isGreen, expected, unexpected + flaky, skipped)
  })
}

/** Runs one suite, which writes its JSON report to the path it is given. */
async function suite(name, run) {
  console.log(`\n${name}`)
  const file = `.cache/report-${name.toLowerCase().replaceAll(' ', '-')}.json`
  mkdirSync('.cache', { recursive: true })
  rmSync(file, { force: true })
  const isGreen = await run(file)
  return { isGreen, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {} }
}

/** A suite that fails without a failed test (a file that does not load, a crash) counts as one failure. */
function counted(isGreen, passed, failed, skipped) {
  return { passed, failed: isGreen ? failed : Math.max(failed, 1), skipped }
}

function add(total, { passed, failed, skipped }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}
