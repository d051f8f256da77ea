// Format, lint, types, and the unit tests that need no PostgreSQL. Run before every commit.
import { generate, install, main, StepFailed, shown } from './steps.mjs'

export const checks = [
  { name: 'Format and lint', run: () => shown('@biomejs/biome/bin/biome', ['check', '.']) },
  {
    name: 'Types',
    // Next writes the types of the routes first.
    run: async () =>
      (await shown('next/dist/bin/next', ['typegen'])) && (await shown('typescript/bin/tsc', ['--noEmit'])),
  },
]

if (import.meta.filename === process.argv[1]) {
  await main(async () => {
    install()
    generate()
    const unit = {
      name: 'Unit tests',
      run: () => shown('vitest/vitest.mjs', ['run', '--project=stateless', '--project=stateful']),
    }
    for (const { name, run } of [...checks, unit]) {
      console.log(`\n${name}`)
      if (!(await run())) throw new StepFailed(`${name}: failed.`)
    }
  })
}
