// Format, lint, types, and the unit tests that need no PostgreSQL. Run before every commit.
import { generate, install, main, StepFailed, shown } from './steps.mjs'

/** Each runs its tools by `start` (`shown` or `told` of steps.mjs). */
export const checks = [
  { name: 'Format and lint', run: (start) => start('@biomejs/biome/bin/biome', ['check', '.']) },
  {
    name: 'Types',
    // Next writes the types of the routes first.
    run: async (start) =>
      (await start('next/dist/bin/next', ['typegen'])) && (await start('typescript/bin/tsc', ['--noEmit'])),
  },
]

if (import.meta.filename === process.argv[1]) {
  await main(async () => {
    install()
    generate()
    const unit = {
      name: 'Unit tests',
      run: (start) =>
        start('vitest/vitest.mjs', ['run', '--project=stateless', '--project=stateful', '--project=alone']),
    }
    for (const { name, run } of [...checks, unit]) {
      console.log(`\n${name}`)
      if (!(await run(shown))) throw new StepFailed(`${name}: failed.`)
    }
  })
}
