// npm test: every check and every test, from a fresh clone, closed by one line with the totals.
//   node scripts/test.mjs [--unit] [--contract] [--e2e] [--changed] [--db=sqlite|postgresql] [part of a file name …]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { baseOfBranch, changedFiles, changedSpecs, changedUnitTests } from './changed.mjs'
import { build, generate, install, main, StepFailed, shown } from './steps.mjs'
import { checks } from './verify.mjs'

await main(async () => {
  const flag = { type: 'boolean' }
  const { values, positionals: filters } = parseArgs({
    options: { unit: flag, contract: flag, e2e: flag, changed: flag, db: { type: 'string' } },
    allowPositionals: true,
  })
  if (values.db && !['sqlite', 'postgresql'].includes(values.db)) {
    throw new StepFailed('--db must be sqlite or postgresql.')
  }
  if (values.changed && filters.length > 0) throw new StepFailed('Give either --changed or parts of file names.')
  const isEverything = !values.unit && !values.contract && !values.e2e
  const total = { passed: 0, failed: 0, skipped: 0 }

  install()
  generate()
  const base = values.changed ? baseOfBranch() : null
  const files = base === null ? [] : changedFiles(base)
  /** What a suite is to run: parts of file names, none for all of it; null for nothing. */
  const chosen = (suite, wanted) => {
    if (!isEverything && !wanted) return null
    if (base === null) return filters
    const some = suite === 'unit' ? changedUnitTests(base, files, unitTests()) : changedSpecs(suite, files)
    if (some === 'all') return []
    console.log(`${suite}: ${some.length} files that the change can have broken`)
    return some.length > 0 ? some : null
  }
  const unit = chosen('unit', values.unit)
  const contract = chosen('contract', values.contract)
  const e2e = chosen('e2e', values.e2e)

  // Each of these steps keeps little more than one core busy; the unit tests run beside them.
  const prepare = async () => {
    if (isEverything && filters.length === 0) total.failed += await failedChecks()
    return (contract || e2e) && isBuilt()
  }
  const postgresql = await startPostgresql()
  try {
    const project = values.db ? [`--project=${values.db}`] : []
    const preparing = prepare()
    if (unit) add(total, await vitest('Unit tests', unit, []))
    const isReady = await preparing
    if (!isReady && (contract || e2e)) total.failed += 1
    if (isReady) {
      if (contract)
        add(total, await vitest('Contract tests', contract, ['--config', 'e2e/vitest.config.ts', ...project]))
      if (e2e) add(total, await playwright('End-to-end tests', e2e, project))
    }
  } finally {
    await postgresql.stop()
  }

  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
  process.exit(total.failed === 0 && (total.passed > 0 || values.changed) ? 0 : 1)
})

/** The unit tests of vitest.config.ts. */
function unitTests() {
  const testsIn = (folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => path.join(folder, name))
  return ['lib', 'components', 'scripts', 'e2e/peers'].flatMap(testsIn)
}

async function failedChecks() {
  let failed = 0
  for (const { name, run } of checks) {
    const isGood = await run()
    console.log(`${name}: ${isGood ? 'passed' : 'failed'}`)
    if (!isGood) failed += 1
  }
  return failed
}

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

async function isBuilt() {
  try {
    await build()
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
