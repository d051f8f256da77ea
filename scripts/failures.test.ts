import { expect, test } from 'vitest'
import { failuresOf, toldFailures } from './failures.mjs'

const ofVitest = {
  testResults: [
    {
      name: `${process.cwd()}/lib/a.test.ts`,
      status: 'failed',
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'one is one', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'one is two',
          failureMessages: ['Error: expected 1 to be 2\n    at lib/a.test.ts:3'],
        },
      ],
    },
    { name: `${process.cwd()}/lib/b.test.ts`, status: 'failed', message: 'no such module', assertionResults: [] },
  ],
}
const ofPlaywright = {
  suites: [
    {
      specs: [
        { title: 'in order', file: 'd.spec.ts', tests: [{ projectName: 'sqlite', status: 'expected', results: [] }] },
      ],
      suites: [
        {
          specs: [
            {
              title: 'a button is there',
              file: 'd.spec.ts',
              tests: [
                { projectName: 'sqlite', status: 'unexpected', results: [{ errors: [{ message: 'not visible' }] }] },
              ],
            },
          ],
        },
      ],
    },
  ],
  errors: [{ message: 'a worker ended' }],
}

test('failed tests and files of vitest are found, by file, name and reason', () => {
  expect(failuresOf(ofVitest)).toEqual([
    { test: 'lib/a.test.ts › one is two', reason: 'Error: expected 1 to be 2\n    at lib/a.test.ts:3' },
    { test: 'lib/b.test.ts', reason: 'no such module' },
  ])
})

test('failed tests of Playwright are found at any depth, and errors outside of tests', () => {
  expect(failuresOf(ofPlaywright)).toEqual([
    { test: '[sqlite] d.spec.ts › a button is there', reason: 'not visible' },
    { test: 'The run itself', reason: 'a worker ended' },
  ])
  expect(failuresOf({})).toEqual([])
})

test('what is told is bounded in tests, lines and columns, and says what it leaves out', () => {
  const reason = Array.from({ length: 100 }, () => 'x'.repeat(1_000)).join('\n')
  const told = toldFailures(Array.from({ length: 30 }, (_, at) => ({ test: `test ${at}`, reason })))
  expect(told).toContain('✗ test 19')
  expect(told).not.toContain('✗ test 20')
  expect(told).toContain('… and 10 more')
  expect(told.length).toBeLessThan(100_000)
  expect(toldFailures([])).toBe('')
})
