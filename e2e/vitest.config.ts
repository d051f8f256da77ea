import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

/** SQLite is for one server; what several do on one database runs on PostgreSQL alone. Another Node differs in its SQLite. */
const notFor = { sqlite: ['e2e/apis/two-processes.spec.ts'], postgresql: ['e2e/apis/node-versions.spec.ts'] }

/** The contract tests: the APIs as a stranger's client sees them, on a server that was really started, per database. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('..', import.meta.url)) } },
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Each file starts a server of its own; on two cores vitest would otherwise run them one by one.
    maxWorkers: 2,
    projects: (['sqlite', 'postgresql'] as const).map((database) => ({
      extends: true as const,
      test: {
        name: database,
        include: ['e2e/apis/**/*.{test,spec}.ts'],
        exclude: [...configDefaults.exclude, ...notFor[database]],
        env: { KEYBOUND_TEST_DATABASE: database },
      },
    })),
  },
})
