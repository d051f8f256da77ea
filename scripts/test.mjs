// npm test: every check and every test, from a fresh clone, closed by one line with the totals.
//   node scripts/test.mjs [--unit] [--contract] [--e2e] [--changed] [--db=sqlite|postgresql] [part of a file name …]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { baseOfBranch, changedFiles, changedSpecs, changedUnitTests } from './changed.mjs'
import { failuresOf, toldFailures } from './failures.mjs'
import { build, generate, install, main, StepFailed, told } from './steps.mjs'
import { placeInMemory, temporaryFolder } from './temporary-folder.mjs'
import { turns } from './turns.mjs'
import { checks } from './verify.mjs'

/** Suites run side by side and are printed one after the other. */
const turn = turns((text) => process.stdout.write(text))

const none = { passed: 0, failed: 0, skipped: 0, failures: [] }

const memory = placeInMemory()
const inMemory = memory && temporaryFolder(memory)

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
  const total = { ...none, failures: [] }

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

  // Each suite keeps two cores busy: there they run one after the other, for what waits for a core takes more of it. Where there are
  // more, contract tests run beside the unit tests as soon as there is a build, and browser tests when the unit tests have ended.
  const isSpecWanted = Boolean(contract || e2e)
  const building = isSpecWanted ? isBuilt() : Promise.resolve(true)
  const postgresql = await startPostgresql()
  try {
    const project = values.db ? [`--project=${values.db}`] : []
    const isAlone = availableParallelism() <= 2
    const checking = building.then(() => (isEverything && filters.length === 0 ? failedChecks() : none))
    const unitTests = (isAlone ? checking : Promise.resolve()).then(() => unit && vitest('Unit tests', unit, []))
    const contractTests = Promise.all([building, isAlone && unitTests]).then(
      ([isReady]) =>
        isReady && contract && vitest('Contract tests', contract, ['--config', 'e2e/vitest.config.ts', ...project]),
    )
    const browserTests = Promise.all([building, unitTests, isAlone && contractTests]).then(
      ([isReady]) => isReady && e2e && playwright('End-to-end tests', e2e, project),
    )
    for (const result of await Promise.all([unitTests, checking, contractTests, browserTests]))
      add(total, result || none)
    if (!(await building)) {
      total.failed += 1
      total.failures.push({ test: 'The build', reason: 'its output is above' })
    }
  } finally {
    await postgresql.stop()
  }

  process.stdout.write(toldFailures(total.failures))
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

/** A check that passes is not counted, for it is no test; one that fails is. */
async function failedChecks() {
  const { say, end } = turn()
  const failures = []
  for (const { name, run } of checks) {
    const isGood = await run((script, args) => told(say, script, args))
    say(`${name}: ${isGood ? 'passed' : 'failed'}\n`)
    if (!isGood) failures.push({ test: name, reason: 'its output is above' })
  }
  end()
  return { ...none, failed: failures.length, failures }
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
  return suite(name, (report, say) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const some = filters.length > 0 ? ['--passWithNoTests'] : []
    const environment = inMemory ? { TMPDIR: inMemory } : {}
    return told(say, 'vitest/vitest.mjs', ['run', ...args, ...reporters, ...some, ...filters], environment)
  }).then((run) => {
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = run.report
    return counted(run, numPassedTests, numFailedTests, numPendingTests + numTodoTests)
  })
}

async function playwright(name, filters, args) {
  return suite(name, (report, say) => {
    const some = filters.length > 0 ? ['--pass-with-no-tests'] : []
    const options = ['test', '--reporter=list,json', ...args, ...some, ...filters]
    return told(say, '@playwright/test/cli.js', options, { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  }).then((run) => {
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = run.report.stats ?? {}
    return counted(run, expected, unexpected + flaky, skipped)
  })
}

/** Runs one suite, which writes its JSON report to the path it is given. */
async function suite(name, run) {
  const { say, end } = turn()
  say(`\n${name}\n`)
  const file = `.cache/report-${name.toLowerCase().replaceAll(' ', '-')}.json`
  mkdirSync('.cache', { recursive: true })
  rmSync(file, { force: true })
  let lastOutput = ''
  const isGreen = await run(file, (text) => {
    lastOutput = `${lastOutput}${text}`.slice(-4_000)
    say(text)
  })
  end()
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const failures = failuresOf(report)
  // A crash, or an error outside of any test.
  if (!isGreen && failures.length === 0) failures.push({ test: name, reason: lastOutput })
  return { isGreen, report, failures }
}

/** A suite that fails without a failed test counts as one failure. */
function counted({ isGreen, failures }, passed, failed, skipped) {
  return { passed, failed: isGreen ? failed : Math.max(failed, 1), skipped, failures }
}

function add(total, { passed, failed, skipped, failures }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
  total.failures.push(...failures)
}
