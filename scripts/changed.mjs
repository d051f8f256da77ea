// npm test -- --changed: the tests that the changes since main, committed or not, can have broken.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { StepFailed } from './steps.mjs'

/** The last commit that main and this branch share, as git has it here: `main`, or else `origin/main`. */
export function baseOfBranch() {
  for (const main of ['main', 'origin/main']) {
    const { status, stdout } = run('git', ['merge-base', 'HEAD', main])
    if (status === 0) return stdout.trim()
  }
  throw new StepFailed('There is no branch main to compare with; name the tests instead of --changed.')
}

/** Files that differ from a commit, and new ones that git does not ignore. */
export function changedFiles(base) {
  const listed = [
    ['diff', '--name-only', '-z', base],
    ['ls-files', '--others', '--exclude-standard', '-z'],
  ].map((args) => {
    const { status, stdout, stderr } = run('git', args)
    if (status !== 0) throw new StepFailed(`git ${args.join(' ')} failed: ${stderr}`)
    return stdout
  })
  return [...new Set(listed.join('').split('\0').filter(Boolean))].sort()
}

/**
 * Unit tests that import a changed file, directly or not, and every test that reads files of the repository, which no import
 * shows; `all` after a change of packages, settings of the tests or the database's models.
 * @param files that changed since `base`
 * @param tests every unit test
 */
export function changedUnitTests(base, files, tests) {
  if (files.some((file) => isUnderEveryUnitTest(file))) return 'all'
  const args = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json', `--changed=${base}`]
  const { status, stdout, stderr } = run(process.execPath, args)
  if (status !== 0) throw new StepFailed(`vitest ${args.slice(1).join(' ')} failed:\n${stdout}${stderr}`)
  const affected = JSON.parse(stdout.slice(stdout.indexOf('['))).map(({ file }) => path.relative('.', file))
  const reading = tests.filter((file) => /\breadFile|\breaddir/.test(readFileSync(file, 'utf8')))
  return [...new Set([...affected, ...reading])].sort()
}

const isUnderEveryUnitTest = (file) =>
  ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts'].includes(file) ||
  file.startsWith('prisma/') ||
  file === 'scripts/prisma-schema.mjs'

/**
 * Which specs of a suite to run: `all`, or those that changed themselves. A changed file that the suite could notice asks for
 * all, for no import leads from a spec to the server it speaks to.
 * @param suite `contract` or `e2e`
 */
export function changedSpecs(suite, files) {
  if (files.some((file) => isNoticed[suite](file))) return 'all'
  return files.filter((file) => isSpecOf[suite](file))
}

const isSpec = (file) => /^e2e\/.*\.spec\.ts$/.test(file)
const isSpecOf = {
  contract: (file) => isSpec(file) && file.startsWith('e2e/apis/'),
  e2e: (file) => isSpec(file) && !file.startsWith('e2e/apis/'),
}

/** Of no suite's concern: prose, pictures, unit tests, specs (which count one by one), and tools that only people start. */
const isSilent = (file) =>
  isSpec(file) ||
  /\.(md|svg|png|test\.tsx?)$/.test(file) ||
  /^(docs|examples|scripts\/demo|\.github)\//.test(file) ||
  /^scripts\/(demo|screenshots|soak-sign-ins|make-migration|verify|changed)\b/.test(file) ||
  ['LICENSE', 'biome.json', 'vitest.config.ts', '.gitignore'].includes(file)

const isNoticed = {
  // Pages are the browser's, and so is what calls the APIs from there.
  contract: (file) =>
    !isSilent(file) &&
    !/^(components|app|lib\/client|public|e2e\/dashboard)\//.test(file) &&
    !['playwright.config.ts', 'postcss.config.mjs'].includes(file),
  // The browser tests use the fixtures of e2e/apis for their client alone.
  e2e: (file) => !isSilent(file) && file !== 'e2e/vitest.config.ts',
}

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
