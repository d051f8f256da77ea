// Format, lint, types, and the unit tests that what is not committed can have broken. Run before every commit; `npm test -- --unit` runs all of them.
import { generate, install, main, StepFailed, shown } from './steps.mjs'

/** Each runs its tools by `start` (`shown` or `told` of steps.mjs). */
export const checks = [
  { name: 'Format and lint', run: (start) => start('@biomejs/biome/bin/biome', ['check', '.']) },
  {
    name: 'Types',
    // Next writes the types of the routes first. Four checkers, as usual, look at much of the code twice and more.
    run: async (start) =>
      (await start('next/dist/bin/next', ['typegen'])) &&
      (await start('typescript/bin/tsc', ['--noEmit', '--checkers', '2'])),
  },
]

/** Tests that read the repository's files, which no import shows. */
const ofTheRepository = ['lib/architecture.test.ts', 'scripts/documents.test.ts', 'scripts/file-sizes.test.ts']

if (import.meta.filename === process.argv[1]) {
  await main(async () => {
    install()
    generate()
    const unit = {
      name: 'Unit tests',
      run: async (start) =>
        (await start('vitest/vitest.mjs', ['run', ...ofTheRepository])) &&
        start('vitest/vitest.mjs', ['run', '--changed', '--passWithNoTests']),
    }
    for (const { name, run } of [...checks, unit]) {
      console.log(`\n${name}`)
      if (!(await run(shown))) throw new StepFailed(`${name}: failed.`)
    }
  })
}
