// What failed, told again at the end of a run, where a reader of thousands of lines looks first.

/**
 * The failed tests of a JSON report of vitest or of Playwright.
 */
export function failuresOf(report) {
  return [...ofVitest(report), ...ofPlaywright(report)]
}

/** Failures as lines, each with the first lines of its reason; no more than `most` of them. */
export function toldFailures(failures, most = 20) {
  const shown = failures.slice(0, most).map(({ test, reason }) => `\n✗ ${test}\n${firstLines(reason)}\n`)
  const more = failures.length - shown.length
  return [...shown, ...(more > 0 ? [`\n… and ${more} more\n`] : [])].join('')
}

function ofVitest({ testResults = [] }) {
  return testResults.flatMap(({ name, status, message, assertionResults = [] }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    const tests = failed.map((test) => ({
      test: `${withoutRoot(name)} › ${test.fullName}`,
      reason: test.failureMessages.join('\n'),
    }))
    // A file that does not load, or whose set-up fails, has no failed test.
    const isWhole = status === 'failed' && tests.length === 0
    return isWhole ? [{ test: withoutRoot(name), reason: message }] : tests
  })
}

function ofPlaywright({ suites = [], errors = [] }) {
  const specs = suites.flatMap(specsIn)
  const failed = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => ({
        test: `[${projectName}] ${file} › ${title}`,
        reason: results.flatMap((result) => (result.errors ?? []).map(({ message }) => message)).join('\n'),
      })),
  )
  return [...failed, ...errors.map(({ message }) => ({ test: 'The run itself', reason: message }))]
}

const specsIn = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsIn)]

const withoutRoot = (file) => file.replace(`${process.cwd()}/`, '')

const firstLines = (text = '') => {
  const lines = `${text}`.split('\n').filter((line) => line.trim() !== '' && !/^\s+at .*node_modules/.test(line))
  return lines
    .slice(0, 14)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n')
}
